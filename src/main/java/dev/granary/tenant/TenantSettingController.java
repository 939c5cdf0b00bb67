package dev.granary.tenant;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.Slice;
import dev.granary.tenant.TenantEncryptionService.Change;
import dev.granary.tenant.TenantSettings.DevelopMode;
import dev.granary.tenant.TenantSettings.EncryptedRepository;
import dev.granary.tenant.TenantSettings.Encryption;
import dev.granary.tenant.TenantSettings.Grant;
import dev.granary.tenant.TenantSettings.Key;
import dev.granary.tenant.TenantSettings.ProjectSettings;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The account's settings, which are fixed, and the encryption of repositories, which there is not. */
@RestController
class TenantSettingController {
    private final TenantEncryptionService tenant;

    TenantSettingController(TenantEncryptionService tenant) {
        this.tenant = tenant;
    }

    @GetMapping("/v4/tenant/develop-mode")
    DevelopMode showTenantDevelopMode(Caller caller) {
        return tenant.developMode(caller);
    }

    @GetMapping("/v4/tenant/setting")
    ProjectSettings showProjectTenantSettings(
            Caller caller, @RequestParam(name = "project_id", required = false) @Nullable String projectId) {
        return tenant.settings(caller, projectId);
    }

    @GetMapping("/v4/tenants/{tenant_id}/repo-encryption/setting")
    Encryption showTenantRepoEncryptionSetting(Caller caller, @PathVariable("tenant_id") String tenantId) {
        return tenant.show(caller, tenantId);
    }

    @PutMapping("/v4/tenants/{tenant_id}/repo-encryption/setting")
    Encryption updateTenantRepoEncryptionSetting(
            Caller caller, @PathVariable("tenant_id") String tenantId, @RequestBody Change body) {
        return tenant.update(caller, tenantId, body);
    }

    @GetMapping("/v4/tenants/{tenant_id}/repo-encryption/kms-grant")
    Grant showTenantKmsGrant(Caller caller, @PathVariable("tenant_id") String tenantId) {
        return tenant.showGrant(caller, tenantId);
    }

    @PostMapping("/v4/tenants/{tenant_id}/repo-encryption/kms-grant")
    Grant createTenantKmsGrant(Caller caller, @PathVariable("tenant_id") String tenantId) {
        return tenant.createGrant(caller, tenantId);
    }

    @GetMapping("/v4/tenants/{tenant_id}/repo-encryption/cmks")
    Page<Key> listTenantCmks(Caller caller, @PathVariable("tenant_id") String tenantId, Slice slice) {
        return tenant.keys(caller, tenantId);
    }

    @GetMapping("/v4/tenants/{tenant_id}/repo-encryption/repositories")
    Page<EncryptedRepository> listTenantEncryptedRepositories(
            Caller caller,
            @PathVariable("tenant_id") String tenantId,
            @RequestParam(name = "order_by", required = false) @Nullable String orderBy,
            @RequestParam(required = false) @Nullable String sort,
            Slice slice) {
        return tenant.repositories(caller, tenantId, orderBy, sort);
    }
}
