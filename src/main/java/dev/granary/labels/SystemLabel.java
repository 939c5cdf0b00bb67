package dev.granary.labels;

import java.util.List;

/** A label that most projects want. */
record SystemLabel(String name, String color) {
    /** What a new repository may begin with. */
    static final List<SystemLabel> ALL = List.of(
            new SystemLabel("bug", "#D9534F"),
            new SystemLabel("confirmed", "#D9534F"),
            new SystemLabel("critical", "#D9534F"),
            new SystemLabel("discussion", "#428BCA"),
            new SystemLabel("documentation", "#F0AD4E"),
            new SystemLabel("enhancement", "#5CB85C"),
            new SystemLabel("suggestion", "#428BCA"),
            new SystemLabel("support", "#F0AD4E"));
}
