package dev.granary.repositories;

import dev.granary.api.Failures;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.RemoteAddress;
import dev.granary.kernel.Slice;
import dev.granary.kernel.Times;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What became of the caller's imports. */
@RestController
class ImportRecordController {
    private final RepositoryImports imports;
    private final CloneAddresses addresses;
    private final Failures failures;

    ImportRecordController(RepositoryImports imports, CloneAddresses addresses, Failures failures) {
        this.imports = imports;
        this.addresses = addresses;
        this.failures = failures;
    }

    /**
     * An import as the answers show it.
     *
     * @param repositorySize in megabytes
     */
    record Entry(
            long id,
            String state,
            RepositoryCore repository,
            String originFullName,
            String sourceUrl,
            String sourceType,
            String createdAt,
            @Nullable String finishedAt,
            double repositorySize,
            @Nullable String errorMessage,
            String targetFullName,
            String targetProjectId) {}

    @GetMapping("/v4/user/repository-import-records")
    Page<Entry> listPersonalRepositoryImportRecords(
            Caller caller,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(name = "source_type", required = false) @Nullable String sourceType,
            @RequestParam(name = "created_after", required = false) @Nullable String createdAfter,
            @RequestParam(name = "created_before", required = false) @Nullable String createdBefore,
            @RequestParam(name = "finished_after", required = false) @Nullable String finishedAfter,
            @RequestParam(name = "finished_before", required = false) @Nullable String finishedBefore,
            @RequestParam(required = false) @Nullable String search,
            @RequestParam(name = "order_by", required = false) @Nullable String orderBy,
            @RequestParam(required = false) @Nullable String sort,
            Slice slice,
            Locale locale) {
        var query = new ImportQuery(
                state,
                sourceType,
                createdAfter,
                createdBefore,
                finishedAfter,
                finishedBefore,
                search,
                orderBy,
                sort,
                slice);
        return imports.list(caller, query).map(listed -> entry(listed, locale));
    }

    private Entry entry(ImportStore.Listed listed, Locale locale) {
        var done = listed.record();
        var repository = listed.repository();
        return new Entry(
                done.id(),
                done.state(),
                RepositoryCore.of(repository, addresses),
                ImportSources.fullName(done.url()),
                RemoteAddress.shown(done.url()),
                done.sourceType(),
                Times.v4(done.createdAt()),
                done.finishedAt() == null ? null : Times.v4(done.finishedAt()),
                Wire.megabytes(repository.sizeBytes()),
                failures.text(done.errorKey(), done.errorArguments(), locale),
                repository.fullPath(),
                repository.projectUuid());
    }
}
