package dev.granary.repositories;

import java.util.List;
import java.util.stream.Stream;

/**
 * A repository that others are made of.
 *
 * @param system whether an administrator recommends it to everybody
 * @param title what it is called among templates
 * @param introduction what it is good for
 * @param pipeline whether a pipeline builds it
 * @param usedTimes how many repositories were made of it
 * @param sharedAt when it became a template, as epoch milliseconds
 */
public record RepositoryTemplate(
        HostedRepository repository,
        boolean system,
        String title,
        String creatorName,
        String introduction,
        List<String> languages,
        List<String> platforms,
        List<String> kinds,
        boolean pipeline,
        int usedTimes,
        long sharedAt) {
    private static final int BRIEF = 32;

    public RepositoryTemplate {
        languages = List.copyOf(languages);
        platforms = List.copyOf(platforms);
        kinds = List.copyOf(kinds);
    }

    /** The languages in one text. */
    String language() {
        return String.join(",", languages);
    }

    /** What it is for: platforms, then kinds. */
    List<String> tags() {
        return Stream.concat(platforms.stream(), kinds.stream()).toList();
    }

    /** The first line of the introduction, at most {@value #BRIEF} characters of it. */
    String brief() {
        var line = introduction.lines().findFirst().orElse("");
        return line.codePointCount(0, line.length()) <= BRIEF
                ? line
                : line.substring(0, line.offsetByCodePoints(0, BRIEF - 1)) + "…";
    }
}
