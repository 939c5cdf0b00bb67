package dev.granary.identity;

import dev.granary.identity.UserStore.NewUser;
import dev.granary.kernel.Ids;
import dev.granary.kernel.Settings;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Creates the account and its first administrator on an empty database, before the server listens. */
@Component
public class FirstStart implements SmartInitializingSingleton {
    private static final int GENERATED_BYTES = 18;

    private final UserStore users;
    private final PasswordHashing passwords;
    private final Settings settings;
    private final TransactionTemplate transaction;
    private final Clock clock;

    FirstStart(
            UserStore users,
            PasswordHashing passwords,
            Settings settings,
            TransactionTemplate transaction,
            Clock clock) {
        this.users = users;
        this.passwords = passwords;
        this.settings = settings;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Override
    public void afterSingletonsInstantiated() {
        if (users.isEmpty()) {
            var given = settings.adminPassword();
            var password = given == null ? generated() : given;
            transaction.executeWithoutResult(_ -> create(password));
            if (given == null) {
                System.out.println("Administrator admin, password (shown once): " + password);
            }
        }
    }

    private void create(String password) {
        if (users.account().isEmpty()) {
            users.insertAccount(Ids.newUuid(), settings.account(), clock.millis());
        }
        users.insert(new NewUser(Ids.newUuid(), "admin", "", "", passwords.hash(password), true, true), clock.millis());
    }

    private static String generated() {
        var bytes = new byte[GENERATED_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
