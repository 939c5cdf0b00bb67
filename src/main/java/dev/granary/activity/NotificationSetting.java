package dev.granary.activity;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who is to be notified through one channel of what happens in a repository.
 *
 * @param configSource {@code repo}: the setting is the repository's own; {@code product}: it is to follow the project's
 * @param chat where a chat's messages go; null for channels that are none, and before anybody said so
 * @param waringRepoUsageRate from how many percent of its space a repository warns: 60, 80 or 90
 */
public record NotificationSetting(
        boolean enabled,
        String configSource,
        @Nullable Chat chat,
        int waringRepoUsageRate,
        List<Subscription> subscriptEvents) {
    static final String OF_REPOSITORY = "repo";

    private static final int USUAL_RATE = 80;

    /** Where nobody has said anything: nobody is notified. */
    static final NotificationSetting NONE = new NotificationSetting(false, OF_REPOSITORY, null, USUAL_RATE, List.of());

    /**
     * A chat.
     *
     * @param url what its messages are sent to; whoever knows it may often write there
     * @param mentionUsers whom to mention by user id, separated by semicolons
     * @param mentionPhone whom to mention by telephone number, separated by semicolons
     */
    record Chat(String url, String mentionUsers, String mentionPhone) {
        static final Chat NONE = new Chat("", "", "");
    }

    /**
     * Who is notified when something happens.
     *
     * @param resourceType {@code repo}, {@code mr}, {@code member} or {@code note}
     * @param action what is done to it
     * @param roleIds roles in the repository
     * @param roleNames parts in a merge request: {@code creator}, {@code assignee}, {@code reviewer}, {@code scorer},
     *     {@code approver}
     */
    public record Subscription(
            String resourceType, String action, boolean enabled, List<String> roleIds, List<String> roleNames) {
        public Subscription {
            roleIds = List.copyOf(roleIds);
            roleNames = List.copyOf(roleNames);
        }
    }
}
