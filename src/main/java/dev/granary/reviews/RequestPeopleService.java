package dev.granary.reviews;

import dev.granary.identity.UserAccount;
import dev.granary.identity.UserService;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Slice;
import dev.granary.reviews.Person.Part;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;

/** Who may be asked to take part in merge requests, for those who choose. */
@Service
public class RequestPeopleService {
    private final CandidateService candidates;
    private final UserService users;

    RequestPeopleService(CandidateService candidates, UserService users) {
        this.candidates = candidates;
        this.users = users;
    }

    /** Somebody who can be chosen. */
    public record Candidate(long id, String name) {}

    /**
     * The first of those who may have a part in requests into a repository.
     *
     * @param chosen ids of those who have it already
     */
    public List<Candidate> candidates(Caller caller, long repositoryId, Part part, List<String> chosen) {
        var ids = new LinkedHashSet<Long>();
        chosen.stream()
                .filter(id -> id.matches("[0-9]{1,18}"))
                .limit(Slice.MAXIMUM)
                .map(Long::valueOf)
                .forEach(ids::add);
        ids.addAll(candidates
                .ofRepository(caller, repositoryId, null, part, null, null, false, new Slice(0, Slice.MAXIMUM))
                .items());
        var accounts = users.byIds(ids);
        return ids.stream()
                .flatMap(id -> Stream.ofNullable(accounts.get(id)))
                .map(RequestPeopleService::candidate)
                .toList();
    }

    private static Candidate candidate(UserAccount user) {
        return new Candidate(user.id(), user.name());
    }
}
