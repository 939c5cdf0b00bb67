package dev.granary.repositories;

import dev.granary.access.Permission;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.Slice;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Repositories as v1 and v2 show and list them. */
@RestController
class LegacyRepositoryController {
    private final RepositoryService repositories;
    private final RepositoryListService lists;
    private final CloneAddresses addresses;

    LegacyRepositoryController(RepositoryService repositories, RepositoryListService lists, CloneAddresses addresses) {
        this.repositories = repositories;
        this.lists = lists;
        this.addresses = addresses;
    }

    /** The list's name is the public API's. */
    record LegacyRepositories(List<LegacyRepository> repositorys, long total) {
        static LegacyRepositories of(Page<LegacyRepository> page) {
            return new LegacyRepositories(page.items(), page.total());
        }
    }

    record RepositoryInfos(List<RepositoryInfo> repositories, long total) {
        static RepositoryInfos of(Page<RepositoryInfo> page) {
            return new RepositoryInfos(page.items(), page.total());
        }
    }

    @GetMapping("/v1/projects/{project_uuid}/repositories")
    LegacyRepositories getAllRepositoryByProjectId(
            Caller caller,
            @PathVariable("project_uuid") String projectUuid,
            @RequestParam(name = "page_index", required = false) @Nullable Integer pageIndex,
            @RequestParam(name = "page_size", required = false) @Nullable Integer pageSize,
            @RequestParam(required = false) @Nullable String search) {
        return LegacyRepositories.of(lists.legacyOfProject(caller, projectUuid, search, slice(pageIndex, pageSize)));
    }

    @GetMapping("/v2/projects/{project_uuid}/repositories")
    RepositoryInfos showAllRepositoryByTwoProjectId(
            Caller caller,
            @PathVariable("project_uuid") String projectUuid,
            @RequestParam(name = "page_index", required = false) @Nullable Integer pageIndex,
            @RequestParam(name = "page_size", required = false) @Nullable Integer pageSize,
            @RequestParam(required = false) @Nullable String search) {
        return RepositoryInfos.of(lists.infosOfProject(caller, projectUuid, search, slice(pageIndex, pageSize)));
    }

    @GetMapping("/v2/projects/repositories")
    RepositoryInfos listUserAllRepositories(
            Caller caller,
            @RequestParam(name = "page_index", required = false) @Nullable Integer pageIndex,
            @RequestParam(name = "page_size", required = false) @Nullable Integer pageSize,
            @RequestParam(required = false) @Nullable String search) {
        return RepositoryInfos.of(lists.infosOfUser(caller, search, slice(pageIndex, pageSize)));
    }

    @GetMapping("/v1/repositories/{repository_uuid}")
    LegacyRepository getRepositoryByProjectId(Caller caller, @PathVariable("repository_uuid") String repositoryUuid) {
        return LegacyRepository.of(repositories.requireByUuid(caller, repositoryUuid, Permission.VIEW), addresses);
    }

    @GetMapping("/v2/repositories/{repository_uuid}")
    RepositoryInfo showRepositoryByUuid(Caller caller, @PathVariable("repository_uuid") String repositoryUuid) {
        return lists.info(caller, repositories.requireByUuid(caller, repositoryUuid, Permission.VIEW));
    }

    @GetMapping("/v1/repositories/repoid")
    long showRepoId(
            Caller caller,
            @RequestParam("group_name") String groupName,
            @RequestParam("repository_name") String repositoryName) {
        return repositories
                .requireByPath(caller, groupName, repositoryName, Permission.VIEW)
                .id();
    }

    @GetMapping("/v1/repositories/{repository_uuid}/status")
    int listRepositoryStatus(Caller caller, @PathVariable("repository_uuid") String repositoryUuid) {
        return repositories
                .requireByUuid(caller, repositoryUuid, Permission.VIEW)
                .status();
    }

    @PutMapping("/v1/repositories/{repository_uuid}/pipeline")
    boolean showHasPipeline(Caller caller, @PathVariable("repository_uuid") String repositoryUuid) {
        return repositories.recordPipeline(caller, repositoryUuid);
    }

    private static Slice slice(@Nullable Integer index, @Nullable Integer size) {
        return Slice.ofPage(index, size, "page_index", "page_size");
    }
}
