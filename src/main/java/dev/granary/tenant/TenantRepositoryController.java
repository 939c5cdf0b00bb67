package dev.granary.tenant;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.Slice;
import dev.granary.tenant.TenantRepositoryService.Export;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** All repositories of the account. */
@RestController
class TenantRepositoryController {
    private static final String FILE = "repositories.csv";

    private final TenantRepositoryService repositories;

    TenantRepositoryController(TenantRepositoryService repositories) {
        this.repositories = repositories;
    }

    @GetMapping("/v4/tenant/repositories")
    Page<TenantRepository> listTenantRepositories(
            Caller caller,
            @RequestParam(name = "repository_name", required = false) @Nullable String repositoryName,
            @RequestParam(name = "member_number", required = false) @Nullable Integer memberNumber,
            @RequestParam(required = false) @Nullable Integer status,
            @RequestParam(required = false) @Nullable String owner,
            @RequestParam(name = "created_after", required = false) @Nullable String createdAfter,
            @RequestParam(name = "created_before", required = false) @Nullable String createdBefore,
            @RequestParam(required = false) @Nullable String sort,
            @RequestParam(name = "sort_field", required = false) @Nullable String sortField,
            @RequestParam(required = false) @Nullable Boolean locked,
            Slice slice) {
        var query = new TenantRepositoryQuery(
                repositoryName, memberNumber, status, owner, createdAfter, createdBefore, sort, sortField, locked);
        return repositories.list(caller, query, slice);
    }

    @PostMapping("/v4/tenant/repositories/export")
    ResponseEntity<byte[]> exportTenantRepositories(
            Caller caller, @RequestBody(required = false) @Nullable Export body) {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment().filename(FILE).build().toString())
                .body(repositories.export(caller, body));
    }
}
