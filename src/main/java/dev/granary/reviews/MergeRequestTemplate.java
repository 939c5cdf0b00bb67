package dev.granary.reviews;

import org.jspecify.annotations.Nullable;

/**
 * What new merge requests may begin with. Times are epoch milliseconds.
 *
 * @param scope {@code project}, {@code group} or {@code repository}
 * @param title empty where it is taken from elsewhere
 * @param titleSource where the title comes from: 0 the template, 1 the newest commit, 2 the work item; a title that work
 *     items are to give is the commit's, as their titles are not known here
 * @param workInProgress whether the title begins by saying that the work goes on
 * @param chosenFirst whether a request that names no title begins with it
 * @param path the place of its project, group or repository
 */
record MergeRequestTemplate(
        long id,
        String scope,
        long scopeId,
        String name,
        String title,
        String description,
        int titleSource,
        boolean workInProgress,
        boolean chosenFirst,
        @Nullable Long creatorId,
        long createdAt,
        long updatedAt,
        String path) {
    static final int FROM_TEMPLATE = 0;
    static final int FROM_WORK_ITEM = 2;
    private static final String UNFINISHED = "[WIP] ";

    /** The title of a request whose newest commit has a subject. */
    String titleFor(String subject) {
        var text = titleSource == FROM_TEMPLATE && !title.isEmpty() ? title : subject;
        return workInProgress && !RequestInputs.isUnfinished(text) ? UNFINISHED + text : text;
    }
}
