/** What the tests stand on: a real server on either database, a real HTTP client, real git. */
package dev.granary.testing;
