package dev.granary.reviews;

import dev.granary.kernel.Page;
import dev.granary.kernel.Times;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Templates of discussions as the answers show them. */
@Component
class DiscussionTemplateAnswers {
    private final UserViews users;

    DiscussionTemplateAnswers(UserViews users) {
        this.users = users;
    }

    /** A template; {@code categories} are keys. */
    record View(
            long id,
            String templateName,
            String description,
            @Nullable Long assigneeId,
            String categories,
            String categoriesEn,
            String categoriesCn,
            List<String> modules,
            String reviewSeverity,
            boolean isDefault,
            @Nullable Long creatorId,
            String createdAt,
            String updatedAt,
            UserViews.@Nullable Basic creator,
            UserViews.@Nullable Basic assignee) {}

    Page<View> list(Page<DiscussionTemplate> page) {
        var known = known(page.items());
        return page.map(template -> view(template, known));
    }

    View one(DiscussionTemplate template) {
        return view(template, known(List.of(template)));
    }

    private UserViews.Known known(Collection<DiscussionTemplate> templates) {
        return users.known(templates.stream()
                .flatMap(template -> UserViews.present(template.creatorId(), template.assigneeId()).stream())
                .collect(Collectors.toSet()));
    }

    private static View view(DiscussionTemplate template, UserViews.Known known) {
        return new View(
                template.id(),
                template.name(),
                template.description(),
                template.assigneeId(),
                template.categories(),
                ReviewCategories.english(template.categories()),
                ReviewCategories.chinese(template.categories()),
                RequestInputs.list("modules", template.modules()),
                template.severity(),
                template.chosenFirst(),
                template.creatorId(),
                Times.v4(template.createdAt()),
                Times.v4(template.updatedAt()),
                known.basic(template.creatorId()),
                known.basic(template.assigneeId()));
    }
}
