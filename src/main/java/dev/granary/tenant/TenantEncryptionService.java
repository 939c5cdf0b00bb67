package dev.granary.tenant;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.identity.UserService;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Page;
import dev.granary.kernel.Problem;
import dev.granary.tenant.TenantSettings.Encryption;
import dev.granary.tenant.TenantSettings.Grant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Says that the server does not encrypt repositories: their files lie on the disk as Git's own tools read them, and who
 * wants them encrypted there encrypts the disk. Whatever would change that fails.
 */
@Service
class TenantEncryptionService {
    private static final Set<String> ENCRYPTED_ORDERS = Set.of("repoName", "ownerName");

    private final AccessService access;
    private final UserService users;

    TenantEncryptionService(AccessService access, UserService users) {
        this.access = access;
        this.users = users;
    }

    /** A change of the encryption; one that changes nothing is none. */
    record Change(
            @Nullable String tenantId,
            @Nullable String encryptionType,
            @Nullable Boolean defaultEncryptionEnabled,
            @Nullable String cmkKeyName,
            @Nullable String cmkKeyId) {
        boolean isNone() {
            return (encryptionType == null || encryptionType.equals(TenantSettings.NOT_ENCRYPTED))
                    && !Boolean.TRUE.equals(defaultEncryptionEnabled)
                    && isEmpty(cmkKeyName)
                    && isEmpty(cmkKeyId);
        }

        private static boolean isEmpty(@Nullable String text) {
            return text == null || text.isEmpty();
        }
    }

    TenantSettings.DevelopMode developMode(Caller caller) {
        access.requireUser(caller);
        return TenantSettings.DevelopMode.ONLY;
    }

    /**
     * What holds for a project, as for every other.
     *
     * @param projectUuid its 32-digit id; null: the account's
     */
    TenantSettings.ProjectSettings settings(Caller caller, @Nullable String projectUuid) {
        access.requireUser(caller);
        if (projectUuid != null) {
            access.requireProject(caller, projectUuid, Permission.PROJECT_VIEW);
        }
        return TenantSettings.ProjectSettings.ONLY;
    }

    Encryption show(Caller caller, String tenantId) {
        return Encryption.of(require(caller, tenantId));
    }

    Encryption update(Caller caller, String tenantId, Change change) {
        var id = require(caller, tenantId);
        if (!change.isNone()) {
            throw new Problem(ErrorCode.ENCRYPTION_NOT_OFFERED);
        }
        return Encryption.of(id);
    }

    Grant showGrant(Caller caller, String tenantId) {
        return new Grant(require(caller, tenantId), false);
    }

    Grant createGrant(Caller caller, String tenantId) {
        require(caller, tenantId);
        throw new Problem(ErrorCode.ENCRYPTION_NOT_OFFERED);
    }

    Page<TenantSettings.Key> keys(Caller caller, String tenantId) {
        require(caller, tenantId);
        return new Page<>(List.of(), 0);
    }

    Page<TenantSettings.EncryptedRepository> repositories(
            Caller caller, String tenantId, @Nullable String orderBy, @Nullable String sort) {
        require(caller, tenantId);
        if (orderBy != null && !ENCRYPTED_ORDERS.contains(orderBy)) {
            throw Problem.invalid("order_by", "one-of", "repoName, ownerName");
        }
        if (sort != null && !Set.of("asc", "desc").contains(sort)) {
            throw Problem.invalid("sort", "one-of", "asc, desc");
        }
        return new Page<>(List.of(), 0);
    }

    private String require(Caller caller, String tenantId) {
        access.requireAdministrator(caller);
        if (!users.account().uuid().equals(tenantId)) {
            throw new Problem(ErrorCode.NOT_FOUND);
        }
        return tenantId;
    }
}
