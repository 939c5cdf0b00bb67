package dev.granary.identity;

import dev.granary.identity.UserStore.NewUser;
import dev.granary.kernel.BadSettingException;
import dev.granary.kernel.Ids;
import dev.granary.kernel.Settings;
import java.time.Clock;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Creates the account and its first administrator on an empty database, before the server listens, and greets whoever
 * started the server once it does. What was generated is printed as soon as it is made, to standard output alone and
 * never again: logs are kept and shipped.
 */
@Component
public class FirstStart implements SmartInitializingSingleton {
    private static final String NAME = "admin";
    private static final int GENERATED_BYTES = 18;
    private static final Pattern ACCESS_KEY = Pattern.compile("[A-Za-z0-9_-]{8,128}");
    private static final Pattern SECRET_KEY = Pattern.compile("[!-~]{16,128}");

    private final UserStore users;
    private final AccessKeyStore keys;
    private final PasswordHashing passwords;
    private final Settings settings;
    private final Environment environment;
    private final TransactionTemplate transaction;
    private final Clock clock;

    FirstStart(
            UserStore users,
            AccessKeyStore keys,
            PasswordHashing passwords,
            Settings settings,
            Environment environment,
            TransactionTemplate transaction,
            Clock clock) {
        this.users = users;
        this.keys = keys;
        this.passwords = passwords;
        this.settings = settings;
        this.environment = environment;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Override
    public void afterSingletonsInstantiated() {
        var password = given(settings.adminPassword());
        var access = given(settings.adminAccessKey());
        var secret = given(settings.adminSecretKey());
        if (password != null && Inputs.isWeak(password, NAME)) {
            throw new BadSettingException(
                    "GRANARY_ADMIN_PASSWORD", "must have 8 to 128 characters and differ from the user name", null);
        }
        if (access != null && !ACCESS_KEY.matcher(access).matches()) {
            throw new BadSettingException(
                    "GRANARY_ADMIN_ACCESS_KEY", "must have 8 to 128 letters, digits, '_' and '-'", null);
        }
        if (secret != null && !SECRET_KEY.matcher(secret).matches()) {
            throw new BadSettingException(
                    "GRANARY_ADMIN_SECRET_KEY", "must have 16 to 128 visible ASCII characters", null);
        }
        if (users.isEmpty()) {
            create(password, access, secret);
        }
    }

    private static @Nullable String given(@Nullable String setting) {
        return setting == null || setting.isEmpty() ? null : setting;
    }

    private void create(@Nullable String givenPassword, @Nullable String givenAccess, @Nullable String givenSecret) {
        var password = givenPassword == null ? Secrets.urlSafe(GENERATED_BYTES) : givenPassword;
        var access = givenAccess == null ? Secrets.accessKey() : givenAccess;
        var secret = givenSecret == null ? Secrets.secretKey() : givenSecret;
        var fresh = new NewUser(Ids.newUuid(), NAME, "", "", passwords.hash(password), true, true);
        transaction.executeWithoutResult(_ -> users.insert(fresh, clock.millis())
                .ifPresent(administrator -> {
                    users.insertAccount(Ids.newUuid(), settings.account(), clock.millis());
                    keys.insert(administrator.id(), access, secret, "");
                    // Before the commit: after a crash in between, the next start makes and tells new ones.
                    System.out.println("Administrator: " + NAME);
                    tellIf(givenPassword == null, "Password (shown this once): " + password);
                    tellIf(givenAccess == null || givenSecret == null, "Access key: " + access);
                    tellIf(givenSecret == null, "Secret key (shown this once): " + secret);
                    System.out.flush();
                }));
    }

    private static void tellIf(boolean generated, String line) {
        if (generated) {
            System.out.println(line);
        }
    }

    @EventListener(ApplicationReadyEvent.class)
    void greet() {
        var host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
        var httpPort = environment.getProperty("local.server.port", String.valueOf(settings.httpPort()));
        var sshPort = environment.getProperty("local.ssh.port", String.valueOf(settings.sshPort()));
        var base = given(settings.baseUrl());
        var url = (base == null ? "http://" + host + ":" + httpPort : base).replaceAll("/+$", "");
        System.out.println("Granary: " + url);
        System.out.println("Git over SSH: ssh://git@" + host + ":" + sshPort + "/<project>/<repository>.git");
        System.out.println("Clone with: git clone " + url + "/<project>/<repository>.git");
        System.out.flush();
    }
}
