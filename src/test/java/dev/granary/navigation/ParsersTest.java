package dev.granary.navigation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.testing.GranaryServer;
import dev.granary.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is found in each language, and what hostile texts do: nothing worse than that nothing is found. */
class ParsersTest {
    private static final Map<SourceLanguage, String> SAMPLES = Map.of(
            SourceLanguage.C,
            """
            #define LIMIT 3
            struct point { int x; int *y; };
            enum color { RED, GREEN };
            typedef struct point point_t;
            static int total;
            int add(int a);
            char *name(void) { total = add(LIMIT); return 0; }
            """,
            SourceLanguage.CPP,
            """
            namespace geometry {
            class Shape { public: virtual double area() const; ~Shape(); int edges; };
            double Shape::area() const { return edges; }
            template <typename T> T twice(T value) { return value + value; }
            using Shapes = int;
            }
            """,
            SourceLanguage.GO,
            """
            package main
            const Limit = 3
            var total int
            type Point struct { X int }
            type Shape interface { Area() float64 }
            func (p *Point) Move(by int) { p.X += by }
            func main() { p := Point{}; p.Move(Limit) }
            """,
            SourceLanguage.JAVA,
            "record Point(int x) { enum Color { RED } @interface Mark { int value(); } }\n",
            SourceLanguage.JAVASCRIPT,
            """
            const limit = 3;
            class Shape { #edges = 3; area() { return limit; } }
            export const draw = (shape) => shape.area();
            function* each() { yield draw(new Shape()); }
            """,
            SourceLanguage.PHP,
            """
            <?php
            namespace Shapes;
            interface Shape { const LIMIT = 3; public function area(); }
            class Circle implements Shape { private $radius = 1; public function area() { return $this->radius; } }
            function draw(Shape $shape) { return $shape->area(); }
            """,
            SourceLanguage.PYTHON,
            """
            LIMIT = 3
            class Shape:
                edges = 3
                @property
                def area(self): return LIMIT
            async def draw(shape): return shape.area
            """,
            SourceLanguage.RUBY,
            """
            module Shapes
              LIMIT = 3
              class Shape
                def area?; LIMIT; end
                def self.make; new; end
              end
            end
            """,
            SourceLanguage.RUST,
            """
            const LIMIT: u8 = 3;
            pub trait Shape { fn area(&self) -> f64; }
            struct Circle { radius: f64 }
            impl Shape for Circle { fn area(&self) -> f64 { self.radius } }
            enum Color { Red }
            mod inner { pub fn draw() {} }
            macro_rules! say { () => {} }
            """,
            SourceLanguage.TYPESCRIPT,
            """
            export interface Shape { edges: number; area(): number }
            enum Color { Red, Green = 2 }
            type Shapes = Shape[];
            namespace inner { export abstract class Base<T> { protected size = 3; abstract draw(): void } }
            export const view = () => inner;
            """);

    private static final Map<SourceLanguage, List<String>> FOUND = Map.of(
            SourceLanguage.C,
            List.of(
                    "macro LIMIT",
                    "struct point",
                    "field x",
                    "field y",
                    "enum color",
                    "constant RED",
                    "constant GREEN",
                    "type point_t",
                    "variable total",
                    "prototype add",
                    "function name"),
            SourceLanguage.CPP,
            List.of(
                    "namespace geometry",
                    "class Shape",
                    "method area",
                    "method ~Shape",
                    "field edges",
                    "method area",
                    "function twice",
                    "type Shapes"),
            SourceLanguage.GO,
            List.of(
                    "constant Limit",
                    "variable total",
                    "struct Point",
                    "field X",
                    "interface Shape",
                    "method Area",
                    "method Move",
                    "function main"),
            SourceLanguage.JAVA,
            List.of("record Point", "field x", "enum Color", "constant RED", "annotation Mark", "method value"),
            SourceLanguage.JAVASCRIPT,
            List.of("variable limit", "class Shape", "field #edges", "method area", "function draw", "function each"),
            SourceLanguage.PHP,
            List.of(
                    "namespace Shapes",
                    "interface Shape",
                    "constant LIMIT",
                    "method area",
                    "class Circle",
                    "field radius",
                    "method area",
                    "function draw"),
            SourceLanguage.PYTHON,
            List.of("variable LIMIT", "class Shape", "field edges", "method area", "function draw"),
            SourceLanguage.RUBY,
            List.of("module Shapes", "constant LIMIT", "class Shape", "method area?", "method make"),
            SourceLanguage.RUST,
            List.of(
                    "constant LIMIT",
                    "trait Shape",
                    "method area",
                    "struct Circle",
                    "field radius",
                    "method area",
                    "enum Color",
                    "constant Red",
                    "module inner",
                    "function draw",
                    "macro say"),
            SourceLanguage.TYPESCRIPT,
            List.of(
                    "interface Shape",
                    "field edges",
                    "method area",
                    "enum Color",
                    "constant Red",
                    "constant Green",
                    "type Shapes",
                    "namespace inner",
                    "class Base",
                    "field size",
                    "method draw",
                    "function view"));

    private final Parsers parsers = GranaryServer.shared(TestDatabase.SQLITE).bean(Parsers.class);

    private static byte[] sample(SourceLanguage language) {
        return Objects.requireNonNull(SAMPLES.get(language)).getBytes(UTF_8);
    }

    private List<String> definitions(SourceLanguage language, byte[] text) {
        return parsers.parse(language, text, new byte[0]).orElseThrow().definitions().stream()
                .map(each -> each.kind() + " "
                        + new String(text, each.nameStart(), each.nameEnd() - each.nameStart(), UTF_8))
                .toList();
    }

    @Test
    void findsTheDefinitionsOfEveryLanguage() {
        for (var language : SourceLanguage.values()) {
            assertThat(definitions(language, sample(language)))
                    .as(language.shownName())
                    .containsExactlyElementsOf(Objects.requireNonNull(FOUND.get(language)));
        }
    }

    @Test
    void goesOnAfterTextsThatTakeTooMuch() {
        var hostile = "(".repeat(300_000).getBytes(UTF_8);
        var begin = System.nanoTime();
        assertThat(parsers.parse(SourceLanguage.C, hostile, new byte[0])).isEmpty();
        var again = System.nanoTime();
        assertThat(parsers.parse(SourceLanguage.C, hostile, "x".getBytes(UTF_8)))
                .isEmpty();
        assertThat(System.nanoTime() - again).as("not tried again").isLessThan((again - begin) / 2);
        assertThat(definitions(SourceLanguage.C, "int a;\n".getBytes(UTF_8))).containsExactly("variable a");
    }

    @Test
    void readsTextsThatMakeNoSense() {
        var random = new Random(11);
        for (var language : SourceLanguage.values()) {
            var sample = sample(language);
            for (var round = 0; round < 20; round++) {
                var changed = sample.clone();
                for (var change = 0; change < 8; change++) {
                    changed[random.nextInt(changed.length)] = sample[random.nextInt(sample.length)];
                }
                assertThat(parsers.parse(language, changed, "x".getBytes(UTF_8)))
                        .as(language.shownName())
                        .isPresent();
            }
        }
    }

    @Test
    void startsAnotherProcessWhenOneIsKilled() {
        var sample = sample(SourceLanguage.GO);
        assertThat(definitions(SourceLanguage.GO, sample)).isNotEmpty();
        var parserProcesses = ProcessHandle.current()
                .children()
                .filter(process -> process.info()
                        .commandLine()
                        .filter(line -> line.contains(ParserProcess.class.getName()))
                        .isPresent())
                .toList();
        assertThat(parserProcesses).isNotEmpty();
        parserProcesses.forEach(process -> {
            process.destroyForcibly();
            process.onExit()
                    .orTimeout(10, java.util.concurrent.TimeUnit.SECONDS)
                    .join();
        });
        assertThat(definitions(SourceLanguage.GO, sample)).isNotEmpty();
    }

    @Test
    void readsMostTextsOfAMegabyteInTime() {
        var source = new StringBuilder();
        for (var number = 0; source.length() < 1_000_000; number++) {
            source.append("int f%d(int a) { return g(a) + %d; }\n".formatted(number, number));
        }
        var begin = System.nanoTime();
        var found = parsers.parse(SourceLanguage.C, source.toString().getBytes(UTF_8), "g".getBytes(UTF_8));
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
        found.ifPresent(findings -> assertThat(findings.complete()).isFalse());
    }
}
