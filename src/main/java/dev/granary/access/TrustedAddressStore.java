package dev.granary.access;

import dev.granary.kernel.Page;
import dev.granary.kernel.Scope;
import dev.granary.kernel.Slice;
import dev.granary.storage.RecordMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Component;

/** The addresses from which repositories may be used: lists of repositories, and one of the account. */
@Component
class TrustedAddressStore {
    private static final RecordMapper<TrustedAddress> ROW = RecordMapper.of(TrustedAddress.class);

    private final JdbcClient jdbc;

    TrustedAddressStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Whose list it is, as a condition. */
    private static String of(Scope scope) {
        return scope instanceof Scope.Account ? "repository_id IS NULL" : "repository_id = :scope";
    }

    private StatementSpec sql(String sql, Scope scope) {
        var statement = jdbc.sql(sql.formatted(of(scope)));
        return scope instanceof Scope.Account ? statement : statement.param("scope", scope.id());
    }

    List<TrustedAddress> list(Scope scope) {
        return sql("SELECT * FROM trusted_address WHERE %s ORDER BY id", scope)
                .query(ROW)
                .list();
    }

    /** The lists of all repositories that have one. */
    Map<Long, List<TrustedAddress>> ofRepositories() {
        var lists = new HashMap<Long, List<TrustedAddress>>();
        jdbc.sql("SELECT * FROM trusted_address WHERE repository_id IS NOT NULL")
                .query(ROW)
                .list()
                .forEach(entry -> lists.computeIfAbsent(
                                Objects.requireNonNull(entry.repositoryId()), _ -> new ArrayList<>())
                        .add(entry));
        return lists;
    }

    Page<TrustedAddress> list(Scope scope, Slice slice) {
        var items = sql("SELECT * FROM trusted_address WHERE %s ORDER BY id LIMIT :limit OFFSET :offset", scope)
                .param("limit", slice.limit())
                .param("offset", slice.offset())
                .query(ROW)
                .list();
        return new Page<>(items, count(scope));
    }

    long count(Scope scope) {
        return sql("SELECT count(*) FROM trusted_address WHERE %s", scope)
                .query(Long.class)
                .single();
    }

    Optional<TrustedAddress> find(Scope scope, long id) {
        return sql("SELECT * FROM trusted_address WHERE %s AND id = :id", scope)
                .param("id", id)
                .query(ROW)
                .optional();
    }

    TrustedAddress insert(TrustedAddress entry) {
        return with(jdbc.sql("""
            INSERT INTO trusted_address (repository_id, user_id, ip_type, ip_start, ip_end, view_flag, download_flag,
              upload_flag, remark, created_at, updated_at)
            VALUES (CAST(:repository AS BIGINT), CAST(:user AS BIGINT), :type, :start, :end, :view, :download, :upload,
              :remark, :now, :now)
            RETURNING *
            """), entry)
                .param("repository", entry.repositoryId())
                .param("user", entry.userId())
                .query(ROW)
                .single();
    }

    TrustedAddress update(TrustedAddress entry) {
        return with(jdbc.sql("""
            UPDATE trusted_address SET ip_type = :type, ip_start = :start, ip_end = :end, view_flag = :view,
              download_flag = :download, upload_flag = :upload, remark = :remark, updated_at = :now
            WHERE id = :id RETURNING *
            """).param("id", entry.id()), entry).query(ROW).single();
    }

    private static StatementSpec with(StatementSpec statement, TrustedAddress entry) {
        return statement
                .param("type", entry.ipType())
                .param("start", entry.ipStart())
                .param("end", entry.ipEnd())
                .param("view", entry.viewFlag())
                .param("download", entry.downloadFlag())
                .param("upload", entry.uploadFlag())
                .param("remark", entry.remark())
                .param("now", entry.updatedAt());
    }

    void delete(TrustedAddress entry) {
        jdbc.sql("DELETE FROM trusted_address WHERE id = :id")
                .param("id", entry.id())
                .update();
    }

    /** Makes what is remembered out of date of the projects that the list is about; others who change them wait. */
    void raiseVersion(Scope scope) {
        var projects = scope instanceof Scope.Account
                ? ""
                : " WHERE id = (SELECT project_id FROM repository WHERE id = :scope)";
        var statement = jdbc.sql("UPDATE project SET rules_version = rules_version + 1" + projects);
        (scope instanceof Scope.Account ? statement : statement.param("scope", scope.id())).update();
    }

    /** The 32-digit id of the account. */
    String accountUuid() {
        return jdbc.sql("SELECT MIN(uuid) FROM account").query(String.class).single();
    }
}
