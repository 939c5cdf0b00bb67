package dev.granary.reviews;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.huaweicloud.sdk.codehub.v3.CodeHubClient;
import com.huaweicloud.sdk.codehub.v3.model.CreateMergeRequestDiscussionBodyDto;
import com.huaweicloud.sdk.codehub.v3.model.CreateMergeRequestDiscussionNoteDto;
import com.huaweicloud.sdk.codehub.v3.model.CreateMergeRequestDiscussionNoteRequest;
import com.huaweicloud.sdk.codehub.v3.model.CreateMergeRequestDiscussionRequest;
import com.huaweicloud.sdk.codehub.v3.model.PositionDto;
import com.huaweicloud.sdk.core.auth.BasicCredentials;
import com.huaweicloud.sdk.core.exception.ServiceResponseException;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.TestDatabase;
import org.junit.jupiter.api.Test;

/** Discussions of merge requests through the official SDK, signed with an access key. */
@OnBothDatabases
class DiscussionSdkTest {
    private final ReviewFixture reviews;
    private final CodeHubClient codeHub;

    DiscussionSdkTest(TestDatabase database) {
        reviews = new ReviewFixture(GranaryServer.shared(database));
        codeHub = CodeHubClient.newBuilder()
                .withCredential(new BasicCredentials()
                        .withAk(GranaryServer.ADMIN_ACCESS_KEY)
                        .withSk(GranaryServer.ADMIN_SECRET_KEY)
                        .withProjectId("0123456789abcdef0123456789abcdef"))
                .withEndpoint(reviews.server.url())
                .build();
    }

    private CreateMergeRequestDiscussionRequest request(String body, int newLine) {
        var base = reviews.ref("refs/heads/main");
        return new CreateMergeRequestDiscussionRequest()
                .withRepositoryId((int) reviews.repository.id())
                .withMergeRequestIid(1)
                .withBody(new CreateMergeRequestDiscussionBodyDto()
                        .withBody(body)
                        .withSeverity("suggestion")
                        .withAssigneeId(Long.toString(reviews.owner.id()))
                        .withReviewCategories("function")
                        .withPosition(new PositionDto()
                                .withBaseSha(base)
                                .withStartSha(base)
                                .withHeadSha(reviews.ref("refs/heads/feature"))
                                .withPositionType("text")
                                .withOldPath("feature.txt")
                                .withNewPath("feature.txt")
                                .withNewLine(newLine)
                                .withOldLine(-1)));
    }

    @Test
    void opensADiscussionAndReplies() {
        reviews.request("feature");
        var made = codeHub.createMergeRequestDiscussion(request("换个名字?", 1));
        assertThat(made.getStatus()).isEqualTo("success");
        assertThat(made.getError()).isNull();
        var discussion = made.getResult();
        assertThat(discussion.getId()).matches("[0-9A-Za-z]{40}");
        assertThat(discussion.getIndividualNote()).isFalse();
        assertThat(discussion.getProjectId()).isEqualTo((int) reviews.repository.id());
        assertThat(discussion.getProjectFullPath()).isEqualTo(reviews.repository.fullPath());
        assertThat(discussion.getNoteableType()).isEqualTo("MergeRequest");
        assertThat(discussion.getAMode()).isEqualTo("0");
        assertThat(discussion.getBMode()).isEqualTo("100644");
        assertThat(discussion.getNewFile()).isTrue();
        assertThat(discussion.getDeletedFile()).isFalse();
        assertThat(discussion.getResolved()).isFalse();
        assertThat(discussion.getArchived()).isFalse();
        assertThat(discussion.getSeverityCn()).isEqualTo("建议");
        assertThat(discussion.getSeverityEn()).isEqualTo("Suggestion");
        assertThat(discussion.getAssignee().getUsername()).isEqualTo(reviews.owner.name());
        assertThat(discussion.getMergeRequestVersionParams().getCommitId())
                .isEqualTo(reviews.ref("refs/heads/feature"));
        assertThat(discussion.getAddedLines()).isEqualTo(1);
        assertThat(discussion.getRemovedLines()).isZero();
        assertThat(discussion.getNotes()).singleElement().satisfies(note -> {
            assertThat(note.getType()).isEqualTo("DiffNote");
            assertThat(note.getBody()).isEqualTo("换个名字?");
            assertThat(note.getCreatedAt())
                    .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}[+-]\\d\\d:\\d\\d");
            assertThat(note.getNoteableIid()).isEqualTo(1);
            assertThat(note.getProject()).isEqualTo(reviews.repository.fullPath());
            assertThat(note.getDiffFile()).isEqualTo("feature.txt");
            assertThat(note.getDiff()).isEqualTo("@@ -0,0 +1 @@\n+new\n");
            assertThat(note.getPosition().getNewLine()).isEqualTo(1);
            assertThat(note.getPosition().getOldLine()).isEqualTo(-1);
            assertThat(note.getIsReply()).isFalse();
            assertThat(note.getIsOutdated()).isFalse();
            assertThat(note.getSystem()).isFalse();
        });

        var reply = codeHub.createMergeRequestDiscussionNote(new CreateMergeRequestDiscussionNoteRequest()
                        .withRepositoryId((int) reviews.repository.id())
                        .withMergeRequestIid(1)
                        .withDiscussionId(discussion.getId())
                        .withBody(new CreateMergeRequestDiscussionNoteDto().withBody("好的")))
                .getResult();
        assertThat(reply.getIsReply()).isTrue();
        assertThat(reply.getDiscussionId()).isEqualTo(discussion.getId());
        assertThat(reply.getBody()).isEqualTo("好的");

        var general = codeHub.createMergeRequestDiscussion(new CreateMergeRequestDiscussionRequest()
                        .withRepositoryId((int) reviews.repository.id())
                        .withMergeRequestIid(1)
                        .withBody(new CreateMergeRequestDiscussionBodyDto()
                                .withBody("No test")
                                .withSeverity("fatal")))
                .getResult();
        assertThat(general.getNotes().getFirst().getType()).isEqualTo("MergeRequestNote");

        assertThatThrownBy(() -> codeHub.createMergeRequestDiscussion(request("Outside", 2)))
                .isInstanceOfSatisfying(ServiceResponseException.class, failure -> {
                    assertThat(failure.getHttpStatusCode()).isEqualTo(400);
                    assertThat(failure.getErrorCode()).isEqualTo("CH.092219");
                });
    }
}
