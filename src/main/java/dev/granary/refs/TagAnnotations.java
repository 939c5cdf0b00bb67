package dev.granary.refs;

import dev.granary.commits.SignedContent;
import dev.granary.identity.CommitSignatures;
import dev.granary.identity.CommitSignatures.Checked;
import dev.granary.identity.CommitSignatures.Signed;
import dev.granary.identity.UserService;
import dev.granary.refs.TagView.TagSignature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevTag;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads what tags that are more than names say, and checks their signatures. */
@Component
class TagAnnotations {
    private final CommitSignatures signatures;
    private final UserService users;

    TagAnnotations(CommitSignatures signatures, UserService users) {
        this.signatures = signatures;
        this.users = users;
    }

    /** What a tag says; no signature: null. */
    record Annotation(String message, @Nullable TagSignature signature) {}

    private record Read(String id, String message, @Nullable Signed signed) {}

    /** What tags say, by their object ids; those that are only names are left out. */
    Map<String, Annotation> of(Repository git, List<RefListStore.Row> rows) throws IOException {
        var read = new ArrayList<Read>();
        try (var walk = new RevWalk(git)) {
            for (var row : rows) {
                if (!row.objectId().equals(row.commitId())) {
                    read(walk, row.objectId(), read);
                }
            }
        }
        var checked = signatures.check(
                read.stream().map(Read::signed).filter(Objects::nonNull).toList());
        var account = users.account().name();
        var found = new HashMap<String, Annotation>();
        for (var one : read) {
            var signature = one.signed() == null ? Checked.NONE : checked.getOrDefault(one.signed(), Checked.NONE);
            found.put(
                    one.id(),
                    new Annotation(one.message(), signature.isSigned() ? TagSignature.of(signature, account) : null));
        }
        return found;
    }

    private static void read(RevWalk walk, String id, List<Read> read) throws IOException {
        try {
            if (walk.parseAny(ObjectId.fromString(id)) instanceof RevTag tag) {
                read.add(new Read(id, message(tag), SignedContent.of(tag)));
            }
        } catch (MissingObjectException e) {
            return; // It went while the list was made.
        }
    }

    /** A tag's message without its signature. */
    static String message(RevTag tag) {
        return tag.getFullMessage().stripTrailing();
    }
}
