package dev.granary.repositories;

import com.fasterxml.jackson.annotation.JsonAlias;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What makes a repository a template; v1 and v2 spell the fields differently.
 *
 * @param templateType {@code USER}, also when absent; {@code SYSTEM}, by administrators; {@code NONE}: it is one no more
 * @param codeTitle what it is called among templates; absent: as the repository
 * @param creatorName absent: the caller's
 * @param codeDescription what it is good for
 * @param plateform the platforms it is for
 * @param entertype the kinds of application it is for
 */
record TemplateBody(
        @JsonAlias("templateType") @Nullable String templateType,
        @JsonAlias("codeTitle") @Nullable String codeTitle,
        @JsonAlias("creatorName") @Nullable String creatorName,
        @JsonAlias("codeDescription") @Nullable String codeDescription,
        @Nullable List<@Nullable String> languages,
        @Nullable List<@Nullable String> plateform,
        @Nullable List<@Nullable String> entertype) {}
