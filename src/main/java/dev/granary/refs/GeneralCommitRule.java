package dev.granary.refs;

/**
 * What every push must keep to.
 *
 * @param rejectUnsignedCommits commits must be signed off: have a line {@code Signed-off-by: name <address>}
 * @param rejectNotSignedByGpg commits must have a signature by a key of the committer, OpenPGP or SSH
 * @param denyDeleteTag tags are neither deleted nor moved
 * @param preventSecrets files with what looks like a key or a token are refused
 * @param denyForcePush no branch loses commits
 */
public record GeneralCommitRule(
        boolean rejectUnsignedCommits,
        boolean rejectNotSignedByGpg,
        boolean denyDeleteTag,
        boolean preventSecrets,
        boolean denyForcePush) {
    /** Where nobody has said anything. */
    static final GeneralCommitRule NONE = new GeneralCommitRule(false, false, false, false, false);

    /** Whether it asks for something of commits. */
    boolean looksAtCommits() {
        return rejectUnsignedCommits || rejectNotSignedByGpg || preventSecrets;
    }
}
