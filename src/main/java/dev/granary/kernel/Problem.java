package dev.granary.kernel;

import org.springframework.context.support.DefaultMessageSourceResolvable;

/**
 * The one exception of the domain: a failure the caller is told about. Services throw it; one advice renders it in the
 * dialect and language of the request.
 */
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final transient Object[] arguments;

    /** A failure with the arguments of its text, in the order of the text's placeholders. */
    public Problem(ErrorCode code, Object... arguments) {
        super(code.name(), null, false, false);
        this.code = code;
        this.arguments = arguments.clone();
    }

    /**
     * An input that breaks a rule.
     *
     * @param field the name of the field or parameter as it is on the wire
     * @param rule the key of the rule's text, under {@code rule.} in the messages, for example {@code length}
     * @param arguments the arguments of the rule's text, for example its bounds
     */
    public static Problem invalid(String field, String rule, Object... arguments) {
        return new Problem(
                ErrorCode.INVALID_PARAMETER,
                field,
                new DefaultMessageSourceResolvable(new String[] {"rule." + rule}, arguments));
    }

    /** What went wrong. */
    public ErrorCode code() {
        return code;
    }

    /** The arguments of the text. */
    public Object[] arguments() {
        return arguments.clone();
    }
}
