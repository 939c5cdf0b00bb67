package dev.granary.storage;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanUtils;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.support.JdbcUtils;

/**
 * Makes a record of a row: each component from the column of its name in snake case. Spring's own mapper looks columns
 * up by the component's name first, which costs an exception for each that has two words, in every row.
 */
public final class RecordMapper<R extends Record> implements RowMapper<R> {
    private final Constructor<R> constructor;
    private final Column[] columns;

    private RecordMapper(Constructor<R> constructor, Column[] columns) {
        this.constructor = constructor;
        this.columns = columns;
    }

    /** How the value of one column is read; null where the column is and the component may be. */
    @FunctionalInterface
    private interface Column {
        @Nullable
        Object read(ResultSet row) throws SQLException;
    }

    /** A mapper to a record of texts, whole numbers and booleans; the latter two boxed where they may be null. */
    public static <R extends Record> RecordMapper<R> of(Class<R> type) {
        var components = type.getRecordComponents();
        var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            var constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return new RecordMapper<>(
                    constructor,
                    Arrays.stream(components).map(RecordMapper::column).toArray(Column[]::new));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Column column(RecordComponent component) {
        var name = JdbcUtils.convertPropertyNameToUnderscoreName(component.getName());
        var type = component.getType();
        if (type == String.class) {
            return row -> row.getString(name);
        }
        if (type == long.class) {
            return row -> row.getLong(name);
        }
        if (type == int.class) {
            return row -> row.getInt(name);
        }
        if (type == boolean.class) {
            return row -> row.getBoolean(name);
        }
        if (type == Long.class) {
            return row -> {
                var value = row.getLong(name);
                return row.wasNull() ? null : value;
            };
        }
        throw new IllegalArgumentException("Columns are not read as " + type);
    }

    @Override
    public R mapRow(ResultSet row, int number) throws SQLException {
        var values = new @Nullable Object[columns.length];
        for (var index = 0; index < columns.length; index++) {
            values[index] = columns[index].read(row);
        }
        return BeanUtils.instantiateClass(constructor, values);
    }
}
