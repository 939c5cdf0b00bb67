/** Kills the built program at random instants while clients work, and looks whether anything acknowledged is gone. */
package dev.granary.chaos;
