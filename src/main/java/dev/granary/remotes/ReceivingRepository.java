package dev.granary.remotes;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.transport.PackParser;
import org.jspecify.annotations.Nullable;

/**
 * A repository as the receiver of one pack: JGit's client sets no bound on what it parses, and keeps no record of what
 * came. And it would tell the remote of objects that this repository only borrows.
 */
final class ReceivingRepository extends FileRepository {
    private final long largestObject;
    private @Nullable PackParser parser;

    ReceivingRepository(File folder, long largestObject) throws IOException {
        super(folder);
        this.largestObject = largestObject;
    }

    /** What parsed the pack; null when none came. */
    @Nullable
    PackParser parser() {
        return parser;
    }

    @Override
    public Set<ObjectId> getAdditionalHaves() {
        return Set.of();
    }

    @Override
    public ObjectInserter newObjectInserter() {
        var inserter = super.newObjectInserter();
        return new ObjectInserter.Filter() {
            @Override
            protected ObjectInserter delegate() {
                return inserter;
            }

            @Override
            public PackParser newPackParser(InputStream in) throws IOException {
                var made = inserter.newPackParser(in);
                made.setMaxObjectSizeLimit(largestObject);
                made.setNeedNewObjectIds(true);
                made.setNeedBaseObjectIds(true);
                parser = made;
                return made;
            }
        };
    }
}
