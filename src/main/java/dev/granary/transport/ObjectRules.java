package dev.granary.transport;

import dev.granary.kernel.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;
import org.eclipse.jgit.internal.submodule.SubmoduleValidator;
import org.eclipse.jgit.internal.submodule.SubmoduleValidator.SubmoduleValidationException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.lib.ObjectChecker.ErrorType;
import org.eclipse.jgit.lib.Repository;

/** What objects must be like that come from outside, with a push or from another server. */
public final class ObjectRules {
    private static final int HEAP_SHARE_OF_OBJECT = 8;

    /** Old histories are full of these; they harm nobody. */
    private static final Set<ErrorType> TOLERATED =
            EnumSet.of(ErrorType.ZERO_PADDED_FILEMODE, ErrorType.BAD_TIMEZONE, ErrorType.MISSING_SPACE_BEFORE_DATE);

    private ObjectRules() {}

    /** A checker for the objects of one pack. */
    public static ObjectChecker checker() {
        return new ObjectChecker().setIgnore(EnumSet.copyOf(TOLERATED));
    }

    /**
     * The largest object that is parsed, in bytes. Files that are too large are named later, by the check of
     * connectivity; but objects made from deltas stand in memory before that: this bound keeps them from filling it.
     */
    public static long largestObject(Settings.Limits limits) {
        return Math.max(limits.pushedFile().toBytes(), Runtime.getRuntime().maxMemory() / HEAP_SHARE_OF_OBJECT);
    }

    /**
     * Checks the descriptions of submodules that a checker came across: some names and addresses in them make clients
     * run programs.
     */
    public static void checkSubmodules(Repository repository, ObjectChecker checker)
            throws IOException, SubmoduleValidationException {
        for (var file : checker.getGitsubmodules()) {
            var content = repository.open(file.getBlobId(), Constants.OBJ_BLOB).getBytes();
            SubmoduleValidator.assertValidGitModulesFile(new String(content, StandardCharsets.UTF_8));
        }
    }
}
