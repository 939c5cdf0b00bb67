@org.jspecify.annotations.NullMarked
package dev.granary;
