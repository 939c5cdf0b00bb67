package dev.granary.webhooks;

import dev.granary.events.Event;
import dev.granary.events.MergeRequestFacts;
import dev.granary.events.NoteFacts;
import dev.granary.events.PipelineFacts;
import dev.granary.kernel.Times;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What is said of merge requests, of what people say about them, and of pipelines. */
@Component
class ReviewPayloads {
    private final PayloadParts parts;

    ReviewPayloads(PayloadParts parts) {
        this.parts = parts;
    }

    private Map<String, @Nullable Object> begin(Event event, String kind) {
        var payload = new LinkedHashMap<String, @Nullable Object>();
        payload.put("object_kind", kind);
        payload.put("event_type", kind);
        payload.put("user", parts.person(event.actorId()));
        parts.addRepository(payload, event.repositoryId());
        return payload;
    }

    Map<String, @Nullable Object> of(Event event, MergeRequestFacts facts) {
        var payload = begin(event, "merge_request");
        var attributes = attributes(event, facts);
        attributes.put("action", action(facts.action()));
        attributes.put("action_detail", facts.action());
        attributes.put("oldrev", facts.oldHeadCommit());
        payload.put("object_attributes", attributes);
        payload.put("assignees", parts.people(facts.assigneeIds()));
        payload.put("reviewers", parts.people(facts.reviewerIds()));
        return payload;
    }

    /** The closest that GitLab has. */
    private static String action(String action) {
        return switch (action) {
            case "created" -> "open";
            case "closed" -> "close";
            case "reopened" -> "reopen";
            case "merged", "force_merged", "found_merged" -> "merge";
            case "approved" -> "approved";
            case "approval_withdrawn", "approval_refused" -> "unapproved";
            default -> "update";
        };
    }

    private Map<String, @Nullable Object> attributes(Event event, MergeRequestFacts facts) {
        var attributes = new LinkedHashMap<String, @Nullable Object>();
        attributes.put("id", facts.id());
        attributes.put("iid", facts.iid());
        attributes.put("title", facts.title());
        attributes.put("description", facts.description());
        attributes.put("state", facts.state());
        attributes.put("source_branch", facts.sourceBranch());
        attributes.put("target_branch", facts.targetBranch());
        attributes.put("source_project_id", facts.sourceRepositoryId());
        attributes.put("target_project_id", event.repositoryId());
        attributes.put("author_id", facts.authorId());
        attributes.put("assignee_ids", facts.assigneeIds());
        attributes.put("reviewer_ids", facts.reviewerIds());
        attributes.put("work_in_progress", facts.workInProgress());
        attributes.put("draft", facts.workInProgress());
        attributes.put("last_commit", Map.of("id", facts.headCommit()));
        attributes.put("merge_commit_sha", facts.mergeCommit());
        attributes.put("created_at", Times.v2(facts.createdAt()));
        attributes.put("updated_at", Times.v2(facts.updatedAt()));
        attributes.put(
                "url",
                parts.repository(event.repositoryId())
                        .map(found -> parts.web(found) + "/-/merge_requests/" + facts.iid())
                        .orElse(null));
        return attributes;
    }

    Map<String, @Nullable Object> of(Event event, NoteFacts facts) {
        var payload = begin(event, "note");
        var about = facts.mergeRequest();
        var attributes = new LinkedHashMap<String, @Nullable Object>();
        attributes.put("id", facts.noteId());
        attributes.put("note", facts.body());
        attributes.put("noteable_type", about == null ? "Commit" : "MergeRequest");
        attributes.put("noteable_id", about == null ? null : about.id());
        attributes.put("author_id", event.actorId());
        attributes.put("discussion_id", facts.discussionId());
        attributes.put("commit_id", facts.commitId());
        attributes.put("path", facts.path());
        attributes.put("line", facts.line());
        attributes.put(
                "action", facts.action().equals("opened") || facts.action().equals("replied") ? "create" : "update");
        attributes.put("action_detail", facts.action());
        attributes.put("created_at", Times.v2(event.occurredAt()));
        payload.put("object_attributes", attributes);
        payload.put("merge_request", about == null ? null : attributes(event, about));
        payload.put("commit", facts.commitId() == null ? null : Map.of("id", facts.commitId()));
        return payload;
    }

    Map<String, @Nullable Object> of(Event event, PipelineFacts facts) {
        var payload = begin(event, "pipeline");
        var attributes = new LinkedHashMap<String, @Nullable Object>();
        attributes.put("id", facts.pipelineId());
        attributes.put("ref", facts.ref());
        attributes.put("sha", facts.commitId());
        attributes.put("status", facts.status());
        attributes.put("created_at", Times.v2(event.occurredAt()));
        payload.put("object_attributes", attributes);
        payload.put("commit", Map.of("id", facts.commitId()));
        return payload;
    }
}
