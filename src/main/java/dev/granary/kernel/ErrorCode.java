package dev.granary.kernel;

/**
 * Every failure that an answer can carry: its code on the wire, in both dialects, and its HTTP status. The texts stand
 * in {@code messages*.properties} under {@code error.<name>}; a test keeps both languages complete.
 *
 * <p>Codes up to {@code CH.0900} come from the public API; those from {@code CH.0901} on are Granary's own, in the same
 * form, for cases the public table leaves open.
 */
public enum ErrorCode {
    INVALID_PARAMETER("CH.010001", 400),
    MALFORMED_BODY("CH.010001", 400),
    BODY_TOO_LARGE("CH.090101", 413),
    UNSUPPORTED_MEDIA_TYPE("CH.090102", 415),
    METHOD_NOT_ALLOWED("CH.090103", 405),
    NOT_ACCEPTABLE("CH.090104", 406),
    /** A page of another site sent a form. */
    CROSS_ORIGIN("CH.090109", 403),

    UNAUTHENTICATED("CH.00000002", "CH.080401", 401),
    TOKEN_EXPIRED("DEV.00000003", "CH.080401", 401),
    BAD_SIGNATURE("APIGW.0301", 401),
    BAD_CREDENTIALS("CH.090106", 401),
    TOO_MANY_FAILURES("CH.090107", 429),

    FORBIDDEN("CH.004403", "CH.080403", 403),
    TOKEN_SCOPE("CH.090108", 403),

    NOT_FOUND("CH.000404", 404),
    REPOSITORY_NOT_FOUND("CH.00402000", "CH.010117", 404),
    PROJECT_NOT_FOUND("CH.090201", 404),
    USER_NOT_FOUND("CH.090202", 404),
    /** The same, where the user was named in a field: that is the first argument, the second what it held. */
    UNKNOWN_USER("CH.090207", 404),
    MEMBER_NOT_FOUND("CH.090203", 404),
    KEY_NOT_FOUND("CH.090204", 404),
    TOKEN_NOT_FOUND("CH.090205", 404),
    GROUP_NOT_FOUND("CH.090206", 404),

    USER_EXISTS("CH.090301", 409),
    USER_IN_USE("CH.090302", 409),
    LAST_ADMINISTRATOR("CH.090303", 409),
    WRONG_PASSWORD("CH.010008", 400),
    NO_SUCH_LOGIN("CH.010112", 400),
    TOO_MANY_KEYS("CH.090304", 400),
    SSH_KEY_EXISTS("CH.080002", 409),
    SSH_KEY_TITLE_MISSING("CH.080002", 400),
    SSH_KEY_MISSING("CH.080002", 400),
    SSH_KEY_INVALID("CH.010202", 200),
    GPG_KEY_INVALID("CH.090305", 400),
    GPG_KEY_EXISTS("CH.090306", 409),
    MAIL_NOT_CONFIGURED("CH.090307", 409),
    MAIL_FAILED("CH.090308", 502),
    VERIFY_CODE_WRONG("CH.090309", 400),
    HTTPS_PASSWORD_OFF("CH.090310", 401),
    TOO_MANY_DEPLOY_KEYS("CH.090311", 400),
    MAIL_TOO_SOON("CH.090312", 429),
    PRIVATE_KEY_INVALID("CH.090313", 400),

    PROJECT_EXISTS("CH.090401", 409),
    PROJECT_NOT_EMPTY("CH.090402", 409),
    MEMBER_EXISTS("CH.090403", 409),
    LAST_MANAGER("CH.090404", 409),
    USER_NOT_IN_PROJECT("CH.091201", 400),
    USER_GROUP_NOT_FOUND("CH.091202", 404),
    USER_GROUP_EXISTS("CH.091203", 409),
    /** {0} is the id of the permission, {1} that of the role. */
    PERMISSION_FIXED("CH.091204", 400),
    PERMISSIONS_INHERITED("CH.091205", 409),

    REPOSITORY_EXISTS("CH.090501", 409),
    REPOSITORY_NOT_READY("CH.090502", 409),
    REPOSITORY_LOCKED("CH.090503", 403),

    MIRROR_NOT_FOUND("CH.092101", 404),
    MIRROR_RUN_NOT_FOUND("CH.092102", 404),
    MIRROR_RUN_ENDED("CH.092103", 409),
    /** Only ever the end of a run. */
    MIRROR_ABORTED("CH.092104", 409),
    /** Only ever the end of a run; {0} is how often it was taken up. */
    MIRROR_INTERRUPTED("CH.092105", 500),
    /** Associating a mirror is refused with this one. */
    MIRROR_FORBIDDEN("CH.00401001", "CH.080403", 403),
    /** Starting a mirror of no repository is refused with this one. */
    MIRROR_REPOSITORY_NOT_FOUND("CH.004404", "CH.010117", 404),
    REPOSITORY_MIRRORED("CH.092106", 403),
    ENDPOINT_NOT_FOUND("CH.092107", 404),
    /** {0} is the name. */
    ENDPOINT_EXISTS("CH.092108", 409),
    /** {0} is the name. */
    ENDPOINT_IN_USE("CH.092109", 409),
    /** {0} is where the endpoint's credentials may go. */
    ENDPOINT_ELSEWHERE("CH.092110", 400),
    TOO_MANY_ENDPOINTS("CH.092111", 400),
    IMPORT_NOT_FAILED("CH.092112", 409),

    UNKNOWN_GITIGNORE("CH.090505", 400),
    UNKNOWN_LICENSE("CH.090506", 400),
    /** {0} is the kind of setting on the wire. */
    SETTING_INHERITED("CH.090509", 409),

    /** {0} is what was taken for a project's or a group's place. */
    NAMESPACE_NOT_FOUND("CH.091101", 404),
    GROUP_EXISTS("CH.091102", 409),
    GROUP_NOT_EMPTY("CH.091103", 409),
    GROUP_TOO_DEEP("CH.091104", 400),
    PATH_TOO_LONG("CH.091105", 400),
    GROUP_IN_ITSELF("CH.091106", 400),

    REF_NOT_FOUND("CH.090601", 404),
    FILE_NOT_FOUND("CH.090603", 404),
    FILE_EXISTS("CH.090604", 409),
    BRANCH_EXISTS("CH.090605", 409),
    COMMIT_CONFLICT("CH.090606", 409),
    FILE_CHANGED("CH.090607", 409),
    NOTHING_TO_COMMIT("CH.090608", 400),
    FILE_TOO_LARGE("CH.090609", 400),
    NOT_A_FILE("CH.090611", 400),
    /** {0} is the file's size in bytes. */
    RANGE_NOT_SATISFIABLE("CH.095001", 416),
    NOT_A_FOLDER("CH.095002", 400),
    /** The history or the tree is too large for an answer at once; what was found meanwhile may be kept. */
    TOOK_TOO_LONG("CH.095003", 503),
    NOT_TEXT("CH.095004", 400),

    DUMB_HTTP("CH.090701", 403),
    SSH_COMMAND("CH.090702", 403),
    REMOTE_ARCHIVE("CH.090703", 403),
    REF_MOVED("CH.090704", 409),
    REF_HIDDEN("CH.090705", 403),
    REF_NAME_INVALID("CH.090706", 400),
    REF_NAME_TOO_LONG("CH.090707", 400),
    DEFAULT_BRANCH_DELETE("CH.090708", 403),
    TOO_MANY_REFS("CH.090709", 403),
    PACK_TOO_LARGE("CH.090710", 413),
    PUSHED_FILE_TOO_LARGE("CH.090711", 413),
    PUSHED_OBJECT_TOO_LARGE("CH.090712", 413),
    PUSH_DAMAGED("CH.090713", 400),
    PUSH_INCOMPLETE("CH.090714", 400),
    BRANCH_NOT_A_COMMIT("CH.090715", 400),
    REF_CONFLICT("CH.090716", 409),
    PUSH_ATOMIC("CH.090718", 409),
    OBJECT_INFO_UNSUPPORTED("CH.090717", 400),

    TAG_EXISTS("CH.091501", 409),
    HISTORY_TOO_LONG("CH.091502", 400),
    RULE_NOT_FOUND("CH.091401", 404),
    RULE_EXISTS("CH.091402", 409),
    TOO_MANY_RULES("CH.091403", 400),
    UNKNOWN_USER_GROUP("CH.091404", 404),
    PROTECTED_BRANCH_PUSH("CH.091405", 403),
    PROTECTED_BRANCH_MERGE("CH.091406", 403),
    PROTECTED_BRANCH_DELETE("CH.091407", 403),
    PROTECTED_BRANCH_FORCE("CH.091408", 403),
    PROTECTED_TAG_CREATE("CH.091409", 403),
    PROTECTED_TAG_CHANGE("CH.091410", 403),
    COMMIT_RULE_NOT_FOUND("CH.091411", 404),
    FILE_PERMISSION_NOT_FOUND("CH.091412", 404),
    TAG_DELETE_DENIED("CH.091413", 403),
    FORCE_PUSH_DENIED("CH.091414", 403),
    COMMIT_MESSAGE("CH.091415", 403),
    COMMIT_MESSAGE_FORBIDDEN("CH.091416", 403),
    COMMIT_AUTHOR("CH.091417", 403),
    COMMIT_EMAIL("CH.091418", 403),
    COMMIT_FILE_NAME("CH.091419", 403),
    COMMIT_FILE_SIZE("CH.091420", 403),
    COMMIT_BINARY("CH.091421", 403),
    COMMIT_NOT_SIGNED_OFF("CH.091422", 403),
    COMMIT_NOT_SIGNED("CH.091423", 403),
    COMMIT_SECRET("CH.091424", 403),
    FILE_PROTECTED("CH.091425", 403),
    /** {0} is the name, {1} the pattern. */
    BRANCH_NAME_POLICY("CH.091426", 403),
    /** {0} is the name, {1} the pattern. */
    TAG_NAME_POLICY("CH.091427", 403),
    BRANCH_CREATION_POLICY("CH.091428", 403),
    TAG_CREATION_POLICY("CH.091429", 403),
    MERGE_TOO_LARGE("CH.092301", 409),
    UNRELATED_HISTORIES("CH.092302", 409),
    /** {0} is the path of a conflict. */
    CONFLICTS_LEFT("CH.092303", 409),
    /** {0} is how many there may be. */
    TOO_MANY_COMMITS("CH.092304", 409),
    /** {0} is a path. */
    NO_SUCH_CONFLICT("CH.092305", 409),
    /** {0} is a path. */
    CONFLICT_CHANGED("CH.092306", 409),
    ENCRYPTION_NOT_AVAILABLE("CH.091301", 501),
    FORK_FORBIDDEN("CH.091302", 403),
    /** {0} is the kind of setting on the wire. */
    SETTING_FORCED("CH.091303", 409),
    /** {0} is the client's address. */
    ADDRESS_NOT_TRUSTED("CH.091304", 403),
    ADDRESS_SHUTS_OUT("CH.091305", 409),
    ADDRESS_NOT_FOUND("CH.091306", 404),
    TOO_MANY_ADDRESSES("CH.091307", 400),
    LABEL_EXISTS("CH.091308", 409),
    LABEL_NOT_FOUND("CH.091309", 404),
    TOO_MANY_LABELS("CH.091310", 400),
    TEMPLATE_NOT_FOUND("CH.091311", 404),
    /** {0} is a path. */
    SUBMODULE_EXISTS("CH.091312", 409),

    MERGE_REQUEST_NOT_FOUND("CH.092201", 404),
    /** {0} is the number of the one that is there. */
    MERGE_REQUEST_EXISTS("CH.092202", 409),
    NOTHING_TO_MERGE("CH.092203", 400),
    SAME_BRANCH("CH.092204", 400),
    /** {0} is its state. */
    MERGE_REQUEST_NOT_OPEN("CH.092205", 409),
    /** {0} is its state. */
    MERGE_REQUEST_NOT_CLOSED("CH.092206", 409),
    REOPENING_FORBIDDEN("CH.092207", 403),
    /** {0} is the branch. */
    SOURCE_BRANCH_GONE("CH.092208", 409),
    NOT_RELATED("CH.092209", 400),
    /** {0} is the diff id. */
    MERGE_REQUEST_VERSION_NOT_FOUND("CH.092210", 404),
    MERGE_REQUEST_TEMPLATE_NOT_FOUND("CH.092211", 404),
    /** {0} is the name. */
    MERGE_REQUEST_TEMPLATE_EXISTS("CH.092212", 409),
    TOO_MANY_TEMPLATES("CH.092213", 400),
    /** {0} is the field, {1} the user's log-in name. */
    PERSON_NOT_ALLOWED("CH.092214", 400),
    /** {0} is the number of the request that it was made into. */
    MERGE_REQUEST_IMPORTED("CH.092215", 409),
    DISCUSSION_NOT_FOUND("CH.092216", 404),
    NOTE_NOT_FOUND("CH.092217", 404),
    DISCUSSION_ARCHIVED("CH.092218", 409),
    /** {0} is the path, or the commit that is not shown. */
    POSITION_OUTSIDE("CH.092219", 400),
    RESOLVING_FORBIDDEN("CH.092220", 403),
    NOTE_OF_ANOTHER("CH.092221", 403),
    DISCUSSION_NOT_RESOLVABLE("CH.092222", 409),
    DISCUSSIONS_CLOSED("CH.092223", 403),
    /** {0} is how many there may be. */
    TOO_MANY_NOTES("CH.092224", 400),
    SUGGESTION_NOT_FOUND("CH.092225", 404),
    SUGGESTION_OUTDATED("CH.092226", 409),
    DISCUSSION_TEMPLATE_NOT_FOUND("CH.092227", 404),
    /** {0} is the name. */
    DISCUSSION_TEMPLATE_EXISTS("CH.092228", 409),

    APPROVER_SETTING_NOT_FOUND("CH.092240", 404),
    /** {0} is the branch or wildcard. */
    APPROVER_SETTING_EXISTS("CH.092241", 409),
    /** {0} is the most there may be. */
    TOO_MANY_APPROVER_SETTINGS("CH.092242", 400),
    NOT_AN_APPROVER("CH.092243", 403),
    NOT_A_REVIEWER("CH.092244", 403),
    OWN_APPROVAL_FORBIDDEN("CH.092245", 403),
    OWN_REVIEW_FORBIDDEN("CH.092246", 403),
    NOT_VOTED_ON("CH.092247", 409),
    VOTED_ON("CH.092248", 409),
    /** {0} is the user's log-in name. */
    PERSON_NOT_LISTED("CH.092249", 400),
    EVALUATION_TYPE_NOT_FOUND("CH.092250", 400),
    PIPELINE_NOT_FOUND("CH.092251", 404),
    /** {0} is the most there may be. */
    TOO_MANY_JOBS("CH.092252", 400),

    /** {0} is a path in conflict. */
    MERGE_CONFLICT("CH.092270", 409),
    MERGE_NEEDS_REBASE("CH.092271", 409),
    MERGE_NOT_BY_ASSIGNEE("CH.092272", 403),
    MERGE_UNFINISHED("CH.092273", 409),
    /** {0} is how many. */
    MERGE_DISCUSSIONS_OPEN("CH.092274", 409),
    MERGE_PIPELINE("CH.092275", 409),
    MERGE_BY_SELF("CH.092276", 403),
    MERGE_VOTES("CH.092277", 409),
    MERGE_WORK_ITEM_NEEDED("CH.092278", 409),
    MERGE_WORK_ITEMS_UNCHECKED("CH.092279", 409),
    MERGE_ONE_WORK_ITEM("CH.092280", 409),
    MERGE_REVIEWERS("CH.092281", 409),
    MERGE_APPROVERS("CH.092282", 409),
    MERGE_EVALUATION("CH.092283", 409),
    FORCED_MERGE_FORBIDDEN("CH.092284", 403),
    SQUASHING_FORBIDDEN("CH.092285", 409),
    /** {0} is its state. */
    MERGE_REQUEST_NOT_MERGED("CH.092286", 409),
    /** {0} is the commit that cannot be applied, {1} a path in conflict. */
    REBASE_CONFLICT("CH.092287", 409),
    /** {0} is the branch, {1} a path in conflict. */
    PICK_CONFLICT("CH.092288", 409),
    /** {0} is the branch. */
    NOTHING_TO_PICK("CH.092289", 409),

    WEBHOOK_NOT_FOUND("CH.093001", 404),
    /** {0} is the most there may be. */
    TOO_MANY_WEBHOOKS("CH.093002", 400),
    WEBHOOK_LOG_NOT_FOUND("CH.093003", 404),
    WEBHOOK_DELIVERY_NOT_FOUND("CH.093004", 404),
    WEBHOOK_DISABLED("CH.093005", 409),

    /** {0} is the work item. */
    WORK_ITEM_NOT_FOUND("CH.094001", 404),
    /** {0} is the most there may be. */
    TOO_MANY_WORK_ITEMS("CH.094002", 409),
    ENCRYPTION_NOT_OFFERED("CH.094101", 409),
    NOTHING_PUSHED("CH.094201", 404),
    TOO_MANY_STREAMS("CH.094202", 429),

    /** {0} names the languages that are covered. */
    LANGUAGE_NOT_COVERED("CH.095201", 400),
    NAVIGATION_UNAVAILABLE("CH.095202", 501),
    /** {0} is the file. */
    SOURCE_TOO_COMPLEX("CH.095203", 400),

    STORAGE_FULL("CH.090901", 507),
    BUSY("CH.10000", 503),
    INTERNAL("CH.000001", 500);

    private final String code;
    private final String legacyCode;
    private final int status;

    ErrorCode(String code, int status) {
        this(code, code, status);
    }

    ErrorCode(String code, String legacyCode, int status) {
        this.code = code;
        this.legacyCode = legacyCode;
        this.status = status;
    }

    /** The code in answers of the v4 dialect, for example {@code CH.00402000}. */
    public String code() {
        return code;
    }

    /** The code in answers of the v1/v2 dialect, where it differs; otherwise that of v4. */
    public String legacyCode() {
        return legacyCode;
    }

    /** The HTTP status; 200 for the failures that v1/v2 reports in the envelope alone. */
    public int status() {
        return status;
    }
}
