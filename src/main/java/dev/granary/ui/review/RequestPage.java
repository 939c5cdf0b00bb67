package dev.granary.ui.review;

import dev.granary.commits.Commit;
import dev.granary.kernel.Page;
import dev.granary.reviews.DiscussionThread;
import dev.granary.reviews.RequestDiscussionService.Timeline;
import dev.granary.reviews.RequestEvaluations.Summary;
import dev.granary.reviews.RequestOverview;
import dev.granary.reviews.Version;
import dev.granary.ui.Discussed;
import dev.granary.ui.Markdown;
import dev.granary.ui.RepositoryPage;
import org.jspecify.annotations.Nullable;

/** Pages of one merge request. */
public final class RequestPage {
    private RequestPage() {}

    /** How many things of the time line are shown at once. */
    static final int ROWS = 50;

    /**
     * The request with all that happened to it.
     *
     * @param failure why what was asked for last was refused; null for nothing
     */
    public record Overview(
            RepositoryPage repository,
            RequestOverview overview,
            Timeline timeline,
            Summary evaluations,
            Markdown markdown,
            @Nullable String failure) {
        /** A text in Markdown as harmless HTML. */
        public String html(String text) {
            return markdown.html(text);
        }

        /** What a discussion needs to be shown. */
        public Discussed thread(DiscussionThread thread) {
            var request = overview.request();
            return new Discussed(discussions(repository, request.iid()), thread, markdown, request.isOpen(), null);
        }

        /** How many things there are on a page of the time line. */
        public int rows() {
            return ROWS;
        }
    }

    /** Its state, gates and buttons. */
    public record Status(RepositoryPage repository, RequestOverview overview) {}

    /** A page of its commits. */
    public record Commits(
            RepositoryPage repository, RequestOverview overview, Page<Commit> commits, int number, int rows) {}

    /** A page of its versions, the newest first. */
    public record Versions(
            RepositoryPage repository, RequestOverview overview, Page<Version> versions, int number, int rows) {}

    /** The address that the discussions of a request have in common. */
    static String discussions(RepositoryPage repository, long iid) {
        return repository.page("merge_requests/" + iid + "/discussions");
    }
}
