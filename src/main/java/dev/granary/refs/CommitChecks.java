package dev.granary.refs;

import com.google.re2j.Pattern;
import dev.granary.commits.SignedContent;
import dev.granary.identity.CommitSignatures;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.refs.CommitRuleSet.Compiled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;

/** Looks at commits one by one, for one change of a ref by one caller. */
final class CommitChecks {
    private static final int SHORT_ID = 8;
    private static final int FIRST_BYTES = 8000;
    private static final long MEGABYTE = 1024L * 1024;

    /** Larger files are not searched for secrets. */
    private static final long LONGEST_SEARCHED = MEGABYTE;

    private static final Pattern SIGNED_OFF = Pattern.compile("(?m)^Signed-off-by: .+ <[^<>@\\s]+@[^<>@\\s]+>\\s*$");

    private final String ref;
    private final CommitRuleSet all;
    private final List<Compiled> rules;
    private final Caller caller;
    private final Asker asker;
    private final RevWalk walk;
    private final ObjectReader reader;
    private final CommitSignatures signatures;

    /** @param rules the commit rules in force on the ref */
    CommitChecks(
            String ref,
            CommitRuleSet all,
            List<Compiled> rules,
            Caller caller,
            Asker asker,
            RevWalk walk,
            CommitSignatures signatures) {
        this.ref = ref;
        this.all = all;
        this.rules = rules;
        this.caller = caller;
        this.asker = asker;
        this.walk = walk;
        this.reader = walk.getObjectReader();
        this.signatures = signatures;
    }

    /** What is wrong with a commit; null for nothing. */
    @Nullable
    Problem check(RevCommit commit) throws IOException {
        walk.parseBody(commit);
        var problem = checkSignatures(commit);
        var made = commit.getCommitTime() * 1000L;
        var due = rules.stream()
                .filter(rule -> rule.rule.effectiveAt() == null || made >= rule.rule.effectiveAt())
                .toList();
        for (var index = 0; problem == null && index < due.size(); index++) {
            problem = checkMessage(due.get(index), commit);
        }
        var general = all.general();
        if (problem == null && (!due.isEmpty() || all.hasPaths() || general.preventSecrets())) {
            for (var edit : FileEdit.of(reader, walk, commit)) {
                problem = checkFile(due, commit, edit);
                if (problem != null) {
                    return problem;
                }
            }
        }
        return problem;
    }

    private @Nullable Problem checkSignatures(RevCommit commit) {
        var general = all.general();
        if (general.rejectUnsignedCommits()
                && !SIGNED_OFF.matcher(commit.getFullMessage()).find()) {
            return new Problem(ErrorCode.COMMIT_NOT_SIGNED_OFF, shortId(commit), ref);
        }
        if (general.rejectNotSignedByGpg() && !isSigned(commit)) {
            return new Problem(ErrorCode.COMMIT_NOT_SIGNED, shortId(commit), ref);
        }
        return null;
    }

    private boolean isSigned(RevCommit commit) {
        var signed = SignedContent.of(commit);
        return signed != null && signatures.check(signed).isVerified();
    }

    private @Nullable Problem checkMessage(Compiled rule, RevCommit commit) {
        var message = commit.getFullMessage();
        var author = commit.getAuthorIdent();
        if (lacks(rule.message, message)) {
            return problem(ErrorCode.COMMIT_MESSAGE, rule, commit, rule.rule.commitMessageRegex());
        }
        if (has(rule.forbiddenMessage, message)) {
            return problem(ErrorCode.COMMIT_MESSAGE_FORBIDDEN, rule, commit, rule.rule.commitMessageNegativeRegex());
        }
        if (lacks(rule.author, author.getName())) {
            return problem(ErrorCode.COMMIT_AUTHOR, rule, commit, rule.rule.authorRegex());
        }
        return lacks(rule.email, author.getEmailAddress())
                ? problem(ErrorCode.COMMIT_EMAIL, rule, commit, rule.rule.authorEmailRegex())
                : null;
    }

    private @Nullable Problem checkFile(List<Compiled> due, RevCommit commit, FileEdit edit) throws IOException {
        if (all.hasPaths()) {
            var rule = all.path(edit.path());
            var restriction =
                    rule == null ? null : rule.restriction(RuleAction.PUSH).orElse(null);
            if (rule != null && restriction != null && !asker.isAmong(restriction)) {
                return new Problem(ErrorCode.FILE_PROTECTED, shortId(commit), ref, edit.path(), rule.pattern());
            }
        }
        var id = edit.content();
        if (id == null) {
            return null;
        }
        var content = new Content(id);
        for (var rule : due) {
            var problem = checkContent(rule, commit, edit, content);
            if (problem != null) {
                return problem;
            }
        }
        return all.general().preventSecrets() ? checkSecrets(commit, edit, id) : null;
    }

    /** A file's content, looked at once however many rules ask. */
    private final class Content {
        private final ObjectId id;
        private @Nullable Long size;
        private @Nullable Boolean binary;

        Content(ObjectId id) {
            this.id = id;
        }

        long size() throws IOException {
            var known = size;
            if (known == null) {
                known = reader.getObjectSize(id, Constants.OBJ_BLOB);
                size = known;
            }
            return known;
        }

        boolean isBinary() throws IOException {
            var known = binary;
            if (known == null) {
                try (var stream = reader.open(id, Constants.OBJ_BLOB).openStream()) {
                    var first = stream.readNBytes(FIRST_BYTES);
                    known = RawText.isBinary(first, first.length);
                    binary = known;
                }
            }
            return known;
        }
    }

    private @Nullable Problem checkContent(Compiled rule, RevCommit commit, FileEdit edit, Content content)
            throws IOException {
        if (has(rule.prohibitedFile, edit.path())) {
            return problem(ErrorCode.COMMIT_FILE_NAME, rule, commit, edit.path());
        }
        if (content.size() > rule.rule.maxFileSize() * MEGABYTE) {
            return problem(
                    ErrorCode.COMMIT_FILE_SIZE, rule, commit, edit.path(), Integer.toString(rule.rule.maxFileSize()));
        }
        var gated = rule.rule.binaryGateEnabled()
                && (edit.before() == null || !rule.rule.allowedModifyBinary())
                && !isPrivileged(rule.rule)
                && !has(rule.allowedBinary, edit.path());
        return gated && content.isBinary() ? problem(ErrorCode.COMMIT_BINARY, rule, commit, edit.path()) : null;
    }

    private boolean isPrivileged(CommitRule rule) {
        return caller instanceof Caller.User user && rule.privilegedUserIds().contains(user.id());
    }

    private @Nullable Problem checkSecrets(RevCommit commit, FileEdit edit, ObjectId content) throws IOException {
        var found = SecretPatterns.find(text(content), edit.before() == null ? "" : text(edit.before()));
        return found.map(kind -> new Problem(ErrorCode.COMMIT_SECRET, shortId(commit), ref, edit.path(), kind))
                .orElse(null);
    }

    /** A file's content, where bytes that are no text stand for nothing; empty for large files. */
    private String text(ObjectId content) throws IOException {
        var file = reader.open(content, Constants.OBJ_BLOB);
        return file.getSize() > LONGEST_SEARCHED ? "" : new String(file.getBytes(), StandardCharsets.ISO_8859_1);
    }

    private static boolean has(@Nullable Pattern pattern, String text) {
        return pattern != null && pattern.matcher(text).find();
    }

    private static boolean lacks(@Nullable Pattern pattern, String text) {
        return pattern != null && !pattern.matcher(text).find();
    }

    private Problem problem(ErrorCode code, Compiled rule, RevCommit commit, String... more) {
        var arguments = new Object[3 + more.length];
        arguments[0] = shortId(commit);
        arguments[1] = ref;
        arguments[2] = rule.rule.name();
        System.arraycopy(more, 0, arguments, 3, more.length);
        return new Problem(code, arguments);
    }

    private static String shortId(RevCommit commit) {
        return commit.name().substring(0, SHORT_ID);
    }
}
