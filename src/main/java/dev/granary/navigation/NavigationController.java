package dev.granary.navigation;

import dev.granary.kernel.Caller;
import dev.granary.navigation.NavigationService.Place;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Definitions and uses of names in source code. */
@RestController
@RequestMapping("/v4/repositories/{repository_id}/repository/nav")
class NavigationController {
    private final NavigationService navigation;
    private final NavigationAnswers answers;

    NavigationController(NavigationService navigation, NavigationAnswers answers) {
        this.navigation = navigation;
        this.answers = answers;
    }

    @GetMapping("/language")
    NavigationAnswers.LanguageList showRepositoryNavigationLanguage(
            Caller caller, @PathVariable("repository_id") long repositoryId) {
        return answers.languages(navigation.languages(caller, repositoryId));
    }

    @GetMapping("/outline")
    NavigationAnswers.ShownOutline showRepositoryNavigationOutline(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @RequestParam String language,
            @RequestParam String blob,
            @RequestParam("file_path") String filePath,
            @RequestParam(required = false) @Nullable String revision,
            @RequestParam(required = false) @Nullable String ref,
            Locale locale) {
        var place = new Place(language, blob, filePath, revision, ref);
        return answers.outline(navigation.outline(caller, repositoryId, place), locale);
    }

    @GetMapping("/references")
    NavigationAnswers.References listRepositoryNavigationReferences(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @RequestParam String symbol,
            @RequestParam String language,
            @RequestParam String blob,
            @RequestParam("file_path") String filePath,
            @RequestParam(required = false) @Nullable String revision,
            @RequestParam(required = false) @Nullable String ref,
            @RequestParam(required = false) @Nullable String path,
            Locale locale) {
        var place = new Place(language, blob, filePath, revision, ref);
        return answers.references(navigation.references(caller, repositoryId, place, symbol, path), locale);
    }

    @PostMapping("/build")
    NavigationAnswers.Built rebuildRepositoryNavigation(
            Caller caller, @PathVariable("repository_id") long repositoryId, Locale locale) {
        return answers.built(navigation.rebuild(caller, repositoryId), locale);
    }

    @GetMapping("/schema")
    NavigationAnswers.ShownSchema showRepositoryNavigationSchema(
            Caller caller, @PathVariable("repository_id") long repositoryId) {
        return answers.schema(navigation.state(caller, repositoryId));
    }
}
