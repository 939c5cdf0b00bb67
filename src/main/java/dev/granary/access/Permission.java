package dev.granary.access;

import dev.granary.kernel.Caller.Grant;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an operation needs. Every operation names one. Those with a number are cells of the matrix of permissions. */
public enum Permission {
    /** See a project and its members. */
    PROJECT_VIEW(Grant.API),
    /** Change the name, description, members and matrix of permissions of a project or group, move it or delete it. */
    PROJECT_MANAGE(Grant.API),
    /** See a group and its repositories, as far as those may be seen. */
    GROUP_VIEW(Grant.API),
    /** Create a repository or a group in a project or group. */
    REPOSITORY_CREATE(Grant.API, 101, "permission.repository.create"),
    /** See a repository's record, files and history. */
    VIEW(Grant.READ_REPOSITORY),
    /** Clone, fetch and download archives. */
    DOWNLOAD(Grant.READ_REPOSITORY, 202, "permission.code.download"),
    /** Push to branches that exist, and commit through the API. */
    COMMIT(Grant.WRITE_REPOSITORY, 201, "permission.code.push"),
    BRANCH_CREATE(Grant.WRITE_REPOSITORY, 401, "permission.branch.create"),
    BRANCH_DELETE(Grant.WRITE_REPOSITORY, 402, "permission.branch.delete"),
    TAG_CREATE(Grant.WRITE_REPOSITORY, 501, "permission.tag.create"),
    TAG_DELETE(Grant.WRITE_REPOSITORY, 502, "permission.tag.delete"),
    FORK(Grant.API, 102, "permission.repository.fork"),
    /** Delete a repository, or transfer it elsewhere. */
    REPOSITORY_DELETE(Grant.API, 103, "permission.repository.delete"),
    /** Change settings, deploy keys, locks and mirrors; start housekeeping. */
    REPOSITORY_SETTINGS(Grant.API, 104, "permission.repository.setting"),
    MEMBER_CREATE(Grant.API, 301, "permission.member.create"),
    MEMBER_UPDATE(Grant.API, 302, "permission.member.update"),
    MEMBER_DELETE(Grant.API, 303, "permission.member.delete"),
    MERGE_REQUEST_CREATE(Grant.API, 601, "permission.mr.create"),
    MERGE_REQUEST_EDIT(Grant.API, 602, "permission.mr.update"),
    MERGE_REQUEST_COMMENT(Grant.API, 603, "permission.mr.comment"),
    MERGE_REQUEST_REVIEW(Grant.API, 604, "permission.mr.review"),
    MERGE_REQUEST_APPROVE(Grant.API, 605, "permission.mr.approve"),
    MERGE_REQUEST_MERGE(Grant.API, 606, "permission.mr.merge"),
    MERGE_REQUEST_CLOSE(Grant.API, 607, "permission.mr.close"),
    MERGE_REQUEST_REOPEN(Grant.API, 608, "permission.mr.reopen"),
    LABEL_CREATE(Grant.API, 701, "permission.label.create"),
    LABEL_DELETE(Grant.API, 702, "permission.label.delete"),
    LABEL_UPDATE(Grant.API, 703, "permission.label.update");

    private static final int PER_RESOURCE = 100;

    private final Grant grant;
    private final int number;
    private final @Nullable String textKey;

    Permission(Grant grant) {
        this(grant, 0, null);
    }

    Permission(Grant grant, int number, @Nullable String textKey) {
        this.grant = grant;
        this.number = number;
        this.textKey = textKey;
    }

    /** The least grant of an access token that covers this permission; {@link Grant#API} covers every one. */
    Grant grant() {
        return grant;
    }

    /** The id in the matrix of permissions; 0 for what stands in none. */
    public int number() {
        return number;
    }

    /** Whether roles may be given or lose it in the matrix of permissions. */
    public boolean isInMatrix() {
        return number > 0;
    }

    /** What it is a permission on, for those in the matrix. */
    public Resource resource() {
        return Resource.ofId(number / PER_RESOURCE).orElseThrow();
    }

    /** The key of its name in the message files, for those in the matrix. */
    public String textKey() {
        return Optional.ofNullable(textKey).orElseThrow();
    }

    /** What is done to the {@link #resource()}, for example {@code push}. */
    public String action() {
        var key = textKey();
        return key.substring(key.lastIndexOf('.') + 1);
    }

    /** The permission's name in the database, for example {@code branch_create}. */
    String key() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    static Permission ofKey(String key) {
        return valueOf(key.toUpperCase(java.util.Locale.ROOT));
    }

    /** The permission of a {@link #number()}. */
    public static Optional<Permission> ofNumber(int number) {
        return Arrays.stream(values())
                .filter(permission -> permission.isInMatrix() && permission.number == number)
                .findFirst();
    }
}
