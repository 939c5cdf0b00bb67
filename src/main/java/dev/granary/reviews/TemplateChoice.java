package dev.granary.reviews;

import java.util.Optional;
import org.springframework.stereotype.Component;

/** The template that new requests into a repository begin with. */
@Component
class TemplateChoice {
    private final MergeRequestTemplateStore store;

    TemplateChoice(MergeRequestTemplateStore store) {
        this.store = store;
    }

    Optional<MergeRequestTemplate> of(long repositoryId) {
        return store.chosen(repositoryId);
    }
}
