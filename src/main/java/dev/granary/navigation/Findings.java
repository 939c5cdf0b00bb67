package dev.granary.navigation;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a parser found in a file. Places are bytes of its text.
 *
 * @param definitions in the order in which they begin; what encloses others comes before them
 * @param uses of the name that was asked for, where it is not defined
 * @param complete false when there are more of either
 */
record Findings(List<Definition> definitions, List<Use> uses, boolean complete) {
    /** A name that is defined: what defines it, and the name itself; ends are exclusive. */
    record Definition(String kind, int start, int end, int nameStart, int nameEnd) {}

    /** A name that is used. */
    record Use(String kind, int start) {}

    Findings {
        definitions = List.copyOf(definitions);
        uses = List.copyOf(uses);
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(definitions.size());
        for (var definition : definitions) {
            out.writeUTF(definition.kind());
            out.writeInt(definition.start());
            out.writeInt(definition.end());
            out.writeInt(definition.nameStart());
            out.writeInt(definition.nameEnd());
        }
        out.writeInt(uses.size());
        for (var use : uses) {
            out.writeUTF(use.kind());
            out.writeInt(use.start());
        }
        out.writeBoolean(complete);
    }

    static Findings read(DataInputStream in) throws IOException {
        var definitions = new ArrayList<Definition>();
        for (var count = in.readInt(); count > 0; count--) {
            definitions.add(new Definition(in.readUTF(), in.readInt(), in.readInt(), in.readInt(), in.readInt()));
        }
        var uses = new ArrayList<Use>();
        for (var count = in.readInt(); count > 0; count--) {
            uses.add(new Use(in.readUTF(), in.readInt()));
        }
        return new Findings(definitions, uses, in.readBoolean());
    }
}
