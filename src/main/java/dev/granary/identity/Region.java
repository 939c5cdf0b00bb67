package dev.granary.identity;

import dev.granary.kernel.Ids;

/**
 * IAM's project. There, a project stands for a region; an installation has no regions, so it answers to any name a client
 * was configured with, each with an id of its own that never changes.
 *
 * @param id 32 hex digits
 * @param domainId the account's id
 */
record Region(String id, String name, String domainId) {
    private static final int HEX_DIGITS = 32;

    /** The region of a name; a name that is an id already stands for itself. */
    static Region of(Account account, String name) {
        var id = Ids.isUuid(name)
                ? name
                : Secrets.hash(account.uuid() + "\0" + name).substring(0, HEX_DIGITS);
        return new Region(id, name, account.uuid());
    }
}
