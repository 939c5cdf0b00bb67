package dev.granary.ui.review;

import dev.granary.reviews.Person.Part;
import dev.granary.reviews.RequestPeopleService.Candidate;
import dev.granary.ui.RepositoryPage;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The form of a merge request: a new one, or one that is changed.
 *
 * @param iid the number; 0 for a new one
 * @param fields what is in the fields now
 * @param branches some names to choose from
 * @param parent the id and path of the repository from which this one was forked; null where there is none to go to
 * @param candidates who can be chosen for each part
 * @param squashing whether the settings allow squashing
 * @param failure why the last try failed; null before the first
 */
public record RequestForm(
        RepositoryPage repository,
        long iid,
        RequestFields fields,
        List<String> branches,
        @Nullable Parent parent,
        Map<Part, List<Candidate>> candidates,
        boolean squashing,
        @Nullable String failure) {
    public RequestForm {
        branches = List.copyOf(branches);
        candidates = Map.copyOf(candidates);
    }

    /** Names of branches to choose from. */
    public record Branches(List<String> names) {
        public Branches {
            names = List.copyOf(names);
        }
    }

    /** What a repository was forked from. */
    public record Parent(long id, String path) {}

    /** The parts that people are asked to take, in the order in which they are shown. */
    public List<Part> parts() {
        return candidates.keySet().stream().sorted().toList();
    }

    /** Those who can be chosen for a part. */
    public List<Candidate> candidates(Part part) {
        return candidates.getOrDefault(part, List.of());
    }

    /** The name of a part's field. */
    public static String field(Part part) {
        return part.key() + "s";
    }
}
