package dev.granary.ui;

import dev.granary.kernel.Caller;
import java.text.NumberFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Who looks at a page, and how: what every template needs besides its own data. */
public final class Viewer {
    private static final int KIBI = 1024;

    private final Caller caller;
    private final Locale locale;
    private final String theme;
    private final String base;
    private final String address;
    private final Typed typed;
    private final @Nullable String notice;
    private final PageTexts texts;
    private final Assets assets;

    Viewer(
            Caller caller,
            Locale locale,
            String theme,
            String base,
            String address,
            Typed typed,
            @Nullable String notice,
            PageTexts texts,
            Assets assets) {
        this.caller = caller;
        this.locale = locale;
        this.theme = theme;
        this.base = base;
        this.address = address;
        this.typed = typed;
        this.notice = notice;
        this.texts = texts;
        this.assets = assets;
    }

    /** The same for a page that refuses nothing: its forms begin anew. */
    Viewer anew() {
        return new Viewer(caller, locale, theme, base, address, Typed.NOTHING, notice, texts, assets);
    }

    /** Who it is, for services. */
    public Caller caller() {
        return caller;
    }

    /** The user; null when nobody has logged in. */
    public Caller.@Nullable User user() {
        return caller instanceof Caller.User user ? user : null;
    }

    /** Whether somebody has logged in. */
    public boolean loggedIn() {
        return user() != null;
    }

    /** Whether it is an administrator of the installation. */
    public boolean administrator() {
        return caller instanceof Caller.User user && user.administrator();
    }

    /** English or Chinese. */
    public Locale locale() {
        return locale;
    }

    /** The language for the document: {@code en} or {@code zh-CN}. */
    public String language() {
        return locale.toLanguageTag();
    }

    /** {@code light}, {@code dark}, or empty for what the system says. */
    public String theme() {
        return theme;
    }

    /** The address of this page on this server, with its query, for coming back to it. */
    public String address() {
        return address;
    }

    /**
     * What came with a form that was sent to an address and refused; nothing if this page is not the answer to that.
     *
     * @param action where the form is sent, as it stands in the page
     */
    public Typed typed(String action) {
        return path(action).equals(base + path(address)) ? typed : Typed.NOTHING;
    }

    private static String path(String address) {
        var query = address.indexOf('?');
        return query < 0 ? address : address.substring(0, query);
    }

    /** The same of one of several forms that are sent to an address, told by what stands in one of its fields. */
    public Typed typed(String action, String field, String value) {
        var sent = typed(action);
        return sent.text(field, null).equals(value) ? sent : Typed.NOTHING;
    }

    /** What has just been done, to be said once; null for nothing. */
    public @Nullable String notice() {
        return notice == null || !texts.has(notice) ? null : texts.of(notice, locale);
    }

    /** A text of the page in the reader's language. */
    public String text(String key, Object... arguments) {
        return texts.of(key, locale, arguments);
    }

    /** A text by how many there are: {@code key.one} for one, {@code key.other} otherwise; the number is the argument 0. */
    public String count(String key, long number) {
        return texts.of(key + (number == 1 ? ".one" : ".other"), locale, number);
    }

    /** A number with the reader's separators. */
    public String number(long number) {
        return NumberFormat.getIntegerInstance(locale).format(number);
    }

    /** A number with one digit behind the reader's decimal sign, where it has any. */
    public String decimal(double number) {
        var format = NumberFormat.getNumberInstance(locale);
        format.setMaximumFractionDigits(1);
        return format.format(number);
    }

    /** A size in a unit that people read. */
    public String size(long bytes) {
        if (bytes < KIBI) {
            return count("size.bytes", bytes);
        }
        var units = new String[] {"KiB", "MiB", "GiB", "TiB"};
        var value = (double) bytes / KIBI;
        var unit = 0;
        while (value >= KIBI && unit < units.length - 1) {
            value /= KIBI;
            unit++;
        }
        var format = NumberFormat.getNumberInstance(locale);
        format.setMaximumFractionDigits(value < 10 ? 1 : 0);
        return format.format(value) + " " + units[unit];
    }

    /** The address of a page: what stands before it when a proxy serves Granary below a path, then the path. */
    public String link(String path) {
        return base + path;
    }

    /** The address of a script, style or picture of ours: it changes with the content, so browsers keep it for good. */
    public String asset(String name) {
        return base + assets.address(name);
    }
}
