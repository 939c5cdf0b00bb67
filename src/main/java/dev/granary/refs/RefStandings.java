package dev.granary.refs;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.access.Role;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Scope;
import dev.granary.repositories.HostedRepository;
import java.util.Arrays;
import java.util.Set;
import org.springframework.stereotype.Component;

/** What may be done with a branch or tag, by the caller and by roles. */
@Component
class RefStandings {
    private static final int DEVELOPERS = 30;

    private final AccessService access;

    RefStandings(AccessService access) {
        this.access = access;
    }

    /**
     * What may be done with a ref.
     *
     * @param guarded whether it is protected
     * @param developersCanPush whether developers or committers may; so merging
     * @param managersCanPush whether project managers may; so merging
     */
    record Standing(
            boolean guarded,
            boolean canRead,
            boolean canDownload,
            boolean canPush,
            boolean canDelete,
            boolean developersCanPush,
            boolean developersCanMerge,
            boolean managersCanPush,
            boolean managersCanMerge) {}

    /** What one caller may do in one repository, asked for once for all of its refs. */
    final class Of {
        private final HostedRepository repository;
        private final Set<Permission> held;

        private Of(HostedRepository repository, Set<Permission> held) {
            this.repository = repository;
            this.held = held;
        }

        /** What may be done with the ref of a full name. */
        Standing standing(String ref) {
            var branch = ref.startsWith(RefQuery.Kind.BRANCH.prefix());
            var open = !repository.locked();
            var last = ref.equals(RefQuery.Kind.BRANCH.prefix() + repository.defaultBranch());
            return new Standing(
                    false,
                    held.contains(Permission.VIEW),
                    held.contains(Permission.DOWNLOAD),
                    open && held.contains(branch ? Permission.COMMIT : Permission.TAG_CREATE),
                    open && !last && held.contains(branch ? Permission.BRANCH_DELETE : Permission.TAG_DELETE),
                    developers(Permission.COMMIT),
                    developers(Permission.MERGE_REQUEST_MERGE),
                    Role.PROJECT_MANAGER.permissions().contains(Permission.COMMIT),
                    Role.PROJECT_MANAGER.permissions().contains(Permission.MERGE_REQUEST_MERGE));
        }
    }

    /** Asks what a caller may do in a repository. */
    Of of(Caller caller, HostedRepository repository) {
        return new Of(repository, access.permissions(caller, new Scope.Repository(repository.id())));
    }

    /** Whether developers or committers hold a permission; v1 and v2 know them as one role. */
    private static boolean developers(Permission permission) {
        return Arrays.stream(Role.values())
                .anyMatch(role ->
                        role.legacyLevel() == DEVELOPERS && role.permissions().contains(permission));
    }
}
