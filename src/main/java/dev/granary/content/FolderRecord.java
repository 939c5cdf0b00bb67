package dev.granary.content;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;

/**
 * The last commit that changed each entry of a folder, as of a commit.
 *
 * @param names the entries in the order of the folder; one byte a character (ISO-8859-1)
 * @param lasts their last commits, in the same order
 */
record FolderRecord(ObjectId commit, List<String> names, List<ObjectId> lasts) {
    private static final int MOST_NAMES = 1_000_000;

    /** The last commits by the names of the entries. */
    Map<String, ObjectId> byName() {
        var byName = new HashMap<String, ObjectId>();
        for (var index = 0; index < names.size(); index++) {
            byName.put(names.get(index), lasts.get(index));
        }
        return byName;
    }

    /** About how many bytes it takes in memory. */
    int weight() {
        return 100 + names.size() * 120;
    }

    void write(DataOutputStream out) throws IOException {
        write(out, commit);
        out.writeInt(names.size());
        for (var index = 0; index < names.size(); index++) {
            out.writeUTF(names.get(index));
            write(out, lasts.get(index));
        }
    }

    private static void write(DataOutputStream out, ObjectId id) throws IOException {
        var bytes = new byte[Constants.OBJECT_ID_LENGTH];
        id.copyRawTo(bytes, 0);
        out.write(bytes);
    }

    static FolderRecord read(DataInputStream in) throws IOException {
        var commit = readId(in);
        var count = in.readInt();
        if (count < 0 || count > MOST_NAMES) {
            throw new IOException("No record of a folder");
        }
        var names = new ArrayList<String>();
        var lasts = new ArrayList<ObjectId>();
        for (var index = 0; index < count; index++) {
            names.add(in.readUTF());
            lasts.add(readId(in));
        }
        return new FolderRecord(commit, names, lasts);
    }

    private static ObjectId readId(DataInputStream in) throws IOException {
        return ObjectId.fromRaw(in.readNBytes(Constants.OBJECT_ID_LENGTH));
    }
}
