package dev.granary.mirrors;

import dev.granary.access.AccessService;
import dev.granary.kernel.Caller;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** The mirrors that people should look at. */
@Service
public class LateMirrors {
    private final MirrorStore store;
    private final RepositoryService repositories;
    private final AccessService access;

    LateMirrors(MirrorStore store, RepositoryService repositories, AccessService access) {
        this.store = store;
        this.repositories = repositories;
        this.access = access;
    }

    /**
     * A mirror that is late.
     *
     * @param direction {@code fetch} or {@code push}
     * @param since epoch milliseconds
     */
    public record LateMirror(HostedRepository repository, String direction, long since) {}

    /** Those of repositories of which the caller is a member, of all for administrators; the one that was late first comes first. */
    public List<LateMirror> list(Caller caller, int most) {
        var late = store.late(access.requireUser(caller), most);
        var found = repositories.byIds(late.stream().map(Mirror::repositoryId).toList());
        return late.stream()
                .flatMap(mirror -> Optional.ofNullable(found.get(mirror.repositoryId())).stream()
                        .map(repository -> new LateMirror(
                                repository,
                                mirror.direction(),
                                mirror.lateSince() == null ? mirror.lastUpdateAt() : mirror.lateSince())))
                .toList();
    }
}
