package dev.granary.kernel;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Who makes a request. Every service method that reads or changes something takes one. */
public sealed interface Caller {
    /** Nobody: no credentials were given. */
    Caller ANONYMOUS = new Anonymous();

    /** How this caller is named in logs and messages. */
    String label();

    /** See {@link Caller#ANONYMOUS}. */
    record Anonymous() implements Caller {
        @Override
        public String label() {
            return "anonymous";
        }
    }

    /**
     * A person with an account.
     *
     * @param id the numeric id, 1 to 2147483647
     * @param uuid the id on the wire, 32 hex digits
     * @param name the log-in name
     * @param email the address used for commits made in the user's name; may be empty
     * @param administrator whether the user administers the installation
     * @param grants what the credential used is good for; all of {@link Grant} for passwords, sessions and keys
     */
    record User(long id, String uuid, String name, String email, boolean administrator, Set<Grant> grants)
            implements Caller {
        /** The grants of a credential without restrictions. */
        public static final Set<Grant> ALL_GRANTS = Set.copyOf(EnumSet.allOf(Grant.class));

        public User {
            grants = Set.copyOf(grants);
        }

        @Override
        public String label() {
            return name;
        }
    }

    /**
     * An SSH key that belongs to repositories, not to a person.
     *
     * @param keyId the key's id
     * @param title the key's title
     * @param pushByRepository for each repository id the key opens, whether it may push there
     */
    record DeployKey(long keyId, String title, Map<Long, Boolean> pushByRepository) implements Caller {
        public DeployKey {
            pushByRepository = Map.copyOf(pushByRepository);
        }

        @Override
        public String label() {
            return "deploy key " + title;
        }
    }

    /** What a personal access token may be used for. */
    enum Grant {
        READ_REPOSITORY,
        WRITE_REPOSITORY,
        API;

        /** The scope's name on the wire, for example {@code read_repository}. */
        public String wireName() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
