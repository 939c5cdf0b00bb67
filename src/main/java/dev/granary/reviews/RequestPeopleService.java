package dev.granary.reviews;

import dev.granary.identity.UserAccount;
import dev.granary.identity.UserService;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Slice;
import dev.granary.reviews.Person.Part;
import java.util.List;
import java.util.Optional;
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

    /** The first of those who may have a part in requests into a repository. */
    public List<Candidate> candidates(Caller caller, long repositoryId, Part part) {
        var ids = candidates
                .ofRepository(caller, repositoryId, null, part, null, null, false, new Slice(0, Slice.MAXIMUM))
                .items();
        var accounts = users.byIds(ids);
        return ids.stream()
                .flatMap(id -> Stream.ofNullable(accounts.get(id)))
                .map(RequestPeopleService::candidate)
                .toList();
    }

    private static Candidate candidate(UserAccount user) {
        return new Candidate(user.id(), user.name());
    }

    /** The id of a user, as text; the name itself where there is no such user. */
    public String id(String name) {
        return Optional.of(name)
                .flatMap(users::byName)
                .map(user -> Long.toString(user.id()))
                .orElse(name);
    }
}
