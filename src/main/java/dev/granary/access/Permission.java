package dev.granary.access;

import dev.granary.kernel.Caller.Grant;

/** What an operation needs. Every operation names one. */
public enum Permission {
    /** See a project and its members. */
    PROJECT_VIEW(Grant.API),
    /** Change the name, description and members of a project or group, move it or delete it. */
    PROJECT_MANAGE(Grant.API),
    /** See a group and its repositories, as far as those may be seen. */
    GROUP_VIEW(Grant.API),
    /** Create a repository or a group in a project or group. */
    REPOSITORY_CREATE(Grant.API),
    /** See a repository's record, files and history. */
    VIEW(Grant.READ_REPOSITORY),
    /** Clone, fetch and download archives. */
    DOWNLOAD(Grant.READ_REPOSITORY),
    /** Push to branches that exist, and commit through the API. */
    COMMIT(Grant.WRITE_REPOSITORY),
    BRANCH_CREATE(Grant.WRITE_REPOSITORY),
    BRANCH_DELETE(Grant.WRITE_REPOSITORY),
    TAG_CREATE(Grant.WRITE_REPOSITORY),
    TAG_DELETE(Grant.WRITE_REPOSITORY),
    FORK(Grant.API),
    /** Delete a repository, or transfer it elsewhere. */
    REPOSITORY_DELETE(Grant.API),
    /** Change settings, deploy keys, locks and mirrors; start housekeeping. */
    REPOSITORY_SETTINGS(Grant.API),
    REPOSITORY_MEMBERS(Grant.API),
    MERGE_REQUEST_CREATE(Grant.API),
    MERGE_REQUEST_COMMENT(Grant.API),
    MERGE_REQUEST_REVIEW(Grant.API),
    MERGE_REQUEST_EDIT(Grant.API),
    MERGE_REQUEST_APPROVE(Grant.API),
    MERGE_REQUEST_MERGE(Grant.API),
    MERGE_REQUEST_CLOSE(Grant.API);

    private final Grant grant;

    Permission(Grant grant) {
        this.grant = grant;
    }

    /** The least grant of an access token that covers this permission; {@link Grant#API} covers every one. */
    Grant grant() {
        return grant;
    }
}
