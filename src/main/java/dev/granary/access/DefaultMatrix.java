package dev.granary.access;

import static dev.granary.access.Permission.*;
import static dev.granary.access.Role.*;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What roles hold by default, as one table. */
final class DefaultMatrix {
    private static final List<Role> COLUMNS = List.of(
            PROJECT_MANAGER,
            COMMITTER,
            DEVELOPER,
            SYSTEM_ENGINEER,
            PRODUCT_MANAGER,
            TEST_MANAGER,
            OPERATION_MANAGER,
            TESTER,
            PARTICIPANT,
            VIEWER);

    /** A letter for each of the {@link #COLUMNS}: {@link Cell#of}. */
    private static final Map<Permission, String> ROWS = new EnumMap<>(Map.ofEntries(
            Map.entry(PROJECT_VIEW, "AAAAAAAAAA"),
            Map.entry(GROUP_VIEW, "AAAAAAAAAA"),
            Map.entry(PROJECT_MANAGE, "ADDDDDDDDD"),
            Map.entry(VIEW, "AAAAAAAAAA"),
            Map.entry(REPOSITORY_CREATE, "BBBBCCCCDD"),
            Map.entry(FORK, "BBBBCCCCCD"),
            Map.entry(REPOSITORY_DELETE, "BDDDDDDDDD"),
            Map.entry(REPOSITORY_SETTINGS, "BDDDDDDDDD"),
            Map.entry(COMMIT, "BAABCCCCDD"),
            Map.entry(DOWNLOAD, "BAABCCCCCD"),
            Map.entry(MEMBER_CREATE, "BDDDDDDDDD"),
            Map.entry(MEMBER_UPDATE, "BDDDDDDDDD"),
            Map.entry(MEMBER_DELETE, "BDDDDDDDDD"),
            Map.entry(BRANCH_CREATE, "BBBBCCCCDD"),
            Map.entry(BRANCH_DELETE, "BBBBCCCCDD"),
            Map.entry(TAG_CREATE, "BBBBCCCCDD"),
            Map.entry(TAG_DELETE, "BCCCCCCDDD"),
            Map.entry(MERGE_REQUEST_CREATE, "BBBBCCCCDD"),
            Map.entry(MERGE_REQUEST_EDIT, "BBCCCCCDDD"),
            Map.entry(MERGE_REQUEST_COMMENT, "BBBBCCCCCC"),
            Map.entry(MERGE_REQUEST_REVIEW, "BBBBCCCCCC"),
            Map.entry(MERGE_REQUEST_APPROVE, "BBCCCCCDDD"),
            Map.entry(MERGE_REQUEST_MERGE, "BBCCCCCDDD"),
            Map.entry(MERGE_REQUEST_CLOSE, "BBCCCCCDDD"),
            Map.entry(MERGE_REQUEST_REOPEN, "BBCCCCCDDD"),
            Map.entry(LABEL_CREATE, "BBBBCCCCDD"),
            Map.entry(LABEL_DELETE, "BBBBCCCCDD"),
            Map.entry(LABEL_UPDATE, "BBBBCCCCDD")));

    private DefaultMatrix() {}

    static Cell cell(Role role, Permission permission) {
        var row = ROWS.get(permission);
        if (row == null) {
            throw new IllegalStateException(permission + " has no row");
        }
        return Cell.of(row.charAt(COLUMNS.indexOf(role)));
    }
}
