package dev.granary.activity;

import dev.granary.activity.NotificationSetting.Chat;
import dev.granary.activity.NotificationSetting.Subscription;
import dev.granary.activity.NotificationStore.Stored;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Scope;
import dev.granary.projects.SettingAccess;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Keeps who is to be notified of what in a repository. */
@Service
public class NotificationService {
    private final NotificationStore store;
    private final SettingAccess access;
    private final TransactionTemplate transaction;
    private final Clock clock;

    NotificationService(NotificationStore store, SettingAccess access, TransactionTemplate transaction, Clock clock) {
        this.store = store;
        this.access = access;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Whether anybody is notified through a channel. */
    public record State(String configSource, boolean enabled) {
        static State of(Map<String, NotificationSetting> all, NotificationChannel channel) {
            var setting = all.getOrDefault(channel.key(), NotificationSetting.NONE);
            return new State(setting.configSource(), setting.enabled());
        }
    }

    /** The same of every channel. */
    public record Status(State internalMessage, State email, State qyweixin, State feishu, State dingding) {}

    /**
     * Who is notified through a channel.
     *
     * @param webhookConfig where its messages go, for chats; null for anything else
     */
    public record Shown(
            long repositoryId,
            boolean enabled,
            String configSource,
            @Nullable ShownChat webhookConfig,
            int waringRepoUsageRate,
            List<Subscription> subscriptEvents) {}

    /**
     * A chat, without its token.
     *
     * @param url empty for those who may not change it: it often is all that one needs to write there
     */
    public record ShownChat(String url, String mentionUsers, String mentionPhone, boolean hasToken) {}

    /** Which channels are in use, for those who may see the repository and have signed in. */
    public Status status(Caller caller, long repositoryId) {
        access.requireToSee(caller, new Scope.Repository(repositoryId));
        var all = store.all(repositoryId);
        return new Status(
                State.of(all, NotificationChannel.INTERNAL_MESSAGE),
                State.of(all, NotificationChannel.EMAIL),
                State.of(all, NotificationChannel.QYWEIXIN),
                State.of(all, NotificationChannel.FEISHU),
                State.of(all, NotificationChannel.DINGDING));
    }

    /**
     * Who is notified through a channel, for the same people.
     *
     * @param type {@link NotificationChannel#key()}
     */
    public Shown show(Caller caller, long repositoryId, @Nullable String type) {
        var scope = access.requireToSee(caller, new Scope.Repository(repositoryId));
        var channel = NotificationChannel.ofKey(type);
        var stored = store.find(repositoryId, channel).orElse(Stored.NONE);
        return shown(repositoryId, channel, stored, access.mayChange(caller, scope));
    }

    /** Changes who is notified through a channel, for those who may change the repository's settings. */
    public Shown update(Caller caller, long repositoryId, @Nullable String type, NotificationChange change) {
        access.requireToChange(caller, new Scope.Repository(repositoryId));
        var channel = NotificationChannel.ofKey(type);
        var token = change.newToken();
        var stored = Objects.requireNonNull(transaction.execute(_ -> {
            store.hold(repositoryId, channel, clock.millis());
            var old = store.find(repositoryId, channel).orElse(Stored.NONE);
            var changed = change.changed(old.setting(), channel);
            store.update(repositoryId, channel, changed);
            if (token == null) {
                return new Stored(changed, old.hasToken());
            }
            store.setToken(repositoryId, channel, token);
            return new Stored(changed, !token.isEmpty());
        }));
        return shown(repositoryId, channel, stored, true);
    }

    private static Shown shown(long repositoryId, NotificationChannel channel, Stored stored, boolean withAddress) {
        var setting = stored.setting();
        var chat = Objects.requireNonNullElse(setting.chat(), Chat.NONE);
        return new Shown(
                repositoryId,
                setting.enabled(),
                setting.configSource(),
                channel.isChat()
                        ? new ShownChat(
                                withAddress ? chat.url() : "",
                                chat.mentionUsers(),
                                withAddress ? chat.mentionPhone() : "",
                                stored.hasToken())
                        : null,
                setting.waringRepoUsageRate(),
                setting.subscriptEvents());
    }
}
