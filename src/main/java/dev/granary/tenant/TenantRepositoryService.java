package dev.granary.tenant;

import dev.granary.access.AccessService;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Slice;
import dev.granary.tenant.TenantRepository.Row;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Lists all repositories of the account, for administrators. */
@Service
class TenantRepositoryService {
    /** The most repositories of an export. */
    static final int MOST_EXPORTED = 20_000;

    private static final int TOGETHER = 1_000;

    /** Spreadsheets take a file for UTF-8 by this. */
    private static final String MARK = "\uFEFF";

    private static final List<String> HEADER = List.of(
            "repository_id",
            "repository_name",
            "project_id",
            "project_name",
            "owner",
            "capacity",
            "status",
            "create_time",
            "member_number",
            "locked");

    private final TenantRepositoryStore store;
    private final AccessService access;

    TenantRepositoryService(TenantRepositoryStore store, AccessService access) {
        this.store = store;
        this.access = access;
    }

    Page<TenantRepository> list(Caller caller, TenantRepositoryQuery query, Slice slice) {
        access.requireAdministrator(caller);
        return store.list(query.checked(), slice).map(Row::shown);
    }

    /** The repositories to export; absent or empty: all. */
    record Export(@Nullable List<@Nullable Integer> repositoryIds) {}

    /** The repositories as a table in CSV, at most {@link #MOST_EXPORTED} of them, the oldest first. */
    byte[] export(Caller caller, @Nullable Export order) {
        access.requireAdministrator(caller);
        var ids = order == null ? Set.<Integer>of() : ids(order);
        var table = new StringBuilder(MARK).append(line(HEADER.stream()));
        long last = 0;
        for (var count = 0; count < MOST_EXPORTED; count += TOGETHER) {
            var rows = store.next(ids, last, TOGETHER);
            for (var row : rows) {
                table.append(line(cells(row.shown())));
                last = row.id();
            }
            if (rows.size() < TOGETHER) {
                break;
            }
        }
        return table.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static Set<Integer> ids(Export order) {
        var ids = order.repositoryIds();
        if (ids == null) {
            return Set.of();
        }
        if (ids.size() > MOST_EXPORTED) {
            throw Problem.invalid("repository_ids", "maximum-count", MOST_EXPORTED);
        }
        var checked = new HashSet<Integer>();
        for (var id : ids) {
            if (id == null || id < 1) {
                throw Problem.invalid("repository_ids", "minimum", 1);
            }
            checked.add(id);
        }
        return checked;
    }

    private static Stream<String> cells(TenantRepository repository) {
        return Stream.of(
                Long.toString(repository.repositoryId()),
                repository.repositoryName(),
                Objects.requireNonNullElse(repository.projectId(), ""),
                Objects.requireNonNullElse(repository.projectName(), ""),
                repository.owner(),
                Double.toString(repository.capacity()),
                Integer.toString(repository.status()),
                repository.createTime(),
                Long.toString(repository.memberNumber()),
                Boolean.toString(repository.locked()));
    }

    private static String line(Stream<String> cells) {
        return cells.map(TenantRepositoryService::cell).collect(Collectors.joining(",", "", "\r\n"));
    }

    /** Quoted where needed; a spreadsheet would take a name that begins like a formula for one. */
    private static String cell(String text) {
        var harmless = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return harmless.matches("[^\",\r\n]*") ? harmless : '"' + harmless.replace("\"", "\"\"") + '"';
    }
}
