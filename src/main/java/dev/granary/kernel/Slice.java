package dev.granary.kernel;

/**
 * Which rows of a list are asked for.
 *
 * @param offset how many rows to skip, from 0
 * @param limit how many rows to return at most, 1 to {@value #MAXIMUM}
 */
public record Slice(long offset, int limit) {
    /** The most rows one page may have. */
    public static final int MAXIMUM = 100;

    /** The rows of a page that names no size. */
    public static final int DEFAULT = 20;

    public Slice {
        if (offset < 0) {
            throw Problem.invalid("offset", "minimum", 0);
        }
        if (limit < 1 || limit > MAXIMUM) {
            throw Problem.invalid("limit", "range", 1, MAXIMUM);
        }
    }

    /** The slice of {@code page} (from 1) at {@code size} rows a page; null or 0 stand for the defaults. */
    public static Slice ofPage(
            @org.jspecify.annotations.Nullable Integer page,
            @org.jspecify.annotations.Nullable Integer size,
            String pageName,
            String sizeName) {
        var number = page == null || page == 0 ? 1 : page;
        var rows = size == null || size == 0 ? DEFAULT : size;
        if (number < 1) {
            throw Problem.invalid(pageName, "minimum", 1);
        }
        if (rows < 1 || rows > MAXIMUM) {
            throw Problem.invalid(sizeName, "range", 1, MAXIMUM);
        }
        return new Slice((number - 1L) * rows, rows);
    }
}
