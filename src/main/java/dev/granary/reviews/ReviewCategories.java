package dev.granary.reviews;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The kinds of findings that every installation knows. */
final class ReviewCategories {
    /** What the second list is called on the wire. */
    static final String SECONDARY_TYPE = "HiCode";

    /** A list without sub-categories. */
    static final List<Category> USUAL = List.of(
            one("function", "功能", "Function"),
            one("design", "设计", "Design"),
            one("coding_style", "编码规范", "Coding style"),
            one("readability", "可读性", "Readability"),
            one("reliability", "可靠性", "Reliability"),
            one("performance", "性能", "Performance"),
            one("security", "安全", "Security"),
            one("compatibility", "兼容性", "Compatibility"),
            one("test", "测试", "Test"),
            one("documentation", "文档", "Documentation"),
            one("other", "其他", "Other"));

    /** The keys of the same. */
    static final List<String> USUAL_KEYS = USUAL.stream().map(Category::key).toList();

    /** A list with sub-categories. */
    static final List<Category> SECONDARY = List.of(
            one(
                    "correctness",
                    "正确性",
                    "Correctness",
                    one("correctness_logic", "逻辑错误", "Logic"),
                    one("correctness_boundary", "边界条件", "Boundary conditions"),
                    one("correctness_concurrency", "并发", "Concurrency"),
                    one("correctness_error_handling", "异常处理", "Error handling")),
            one(
                    "clean_code",
                    "整洁代码",
                    "Clean code",
                    one("clean_code_naming", "命名", "Naming"),
                    one("clean_code_comment", "注释", "Comments"),
                    one("clean_code_duplication", "重复代码", "Duplication"),
                    one("clean_code_complexity", "复杂度", "Complexity")),
            one(
                    "architecture",
                    "架构",
                    "Architecture",
                    one("architecture_interface", "接口", "Interfaces"),
                    one("architecture_dependency", "依赖", "Dependencies")),
            one(
                    "trustworthiness",
                    "可信",
                    "Trustworthiness",
                    one("trustworthiness_security", "安全", "Security"),
                    one("trustworthiness_privacy", "隐私", "Privacy"),
                    one("trustworthiness_resilience", "韧性", "Resilience")));

    private static final Map<String, Category> BY_KEY =
            Stream.concat(USUAL.stream(), secondary()).collect(Collectors.toMap(Category::key, Function.identity()));

    private ReviewCategories() {}

    /**
     * A kind of findings.
     *
     * @param key its name in requests and in the database
     */
    record Category(String key, String nameZh, String nameEn, List<Category> subCategories) {}

    private static Category one(String key, String chinese, String english, Category... subCategories) {
        return new Category(key, chinese, english, List.of(subCategories));
    }

    private static Stream<Category> secondary() {
        return SECONDARY.stream()
                .flatMap(category -> Stream.concat(Stream.of(category), category.subCategories().stream()));
    }

    /** Whether a key is one of the list with sub-categories. */
    static boolean isSecondary(String key) {
        return secondary().anyMatch(category -> category.key().equals(key));
    }

    /** Those of the list without sub-categories that have one of the keys. */
    static List<Category> usual(List<String> keys) {
        return USUAL.stream().filter(category -> keys.contains(category.key())).toList();
    }

    /** The Chinese names of keys that are separated by commas; what is no key stands for itself. */
    static String chinese(String keys) {
        return names(keys, Category::nameZh);
    }

    /** The English names. */
    static String english(String keys) {
        return names(keys, Category::nameEn);
    }

    private static String names(String keys, Function<Category, String> name) {
        return Arrays.stream(keys.split(","))
                .map(key -> BY_KEY.containsKey(key) ? name.apply(BY_KEY.get(key)) : key)
                .collect(Collectors.joining(","));
    }
}
