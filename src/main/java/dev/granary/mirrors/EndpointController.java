package dev.granary.mirrors;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.Slice;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Stored credentials for other servers; the public API only names them. */
@RestController
@RequestMapping("/v4/projects/{project_id}/remote-endpoints")
class EndpointController {
    private final EndpointService endpoints;

    EndpointController(EndpointService endpoints) {
        this.endpoints = endpoints;
    }

    @GetMapping
    Page<Endpoint.Shown> listRemoteEndpoints(Caller caller, @PathVariable("project_id") String projectId, Slice slice) {
        return endpoints.list(caller, projectId, slice).map(Endpoint::shown);
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Endpoint.Shown createRemoteEndpoint(
            Caller caller, @PathVariable("project_id") String projectId, @RequestBody EndpointService.Body body) {
        return endpoints.create(caller, projectId, body).shown();
    }

    @PutMapping("/{endpoint_uuid}")
    Endpoint.Shown rotateRemoteEndpoint(
            Caller caller,
            @PathVariable("project_id") String projectId,
            @PathVariable("endpoint_uuid") String endpointUuid,
            @RequestBody EndpointService.Body body) {
        return endpoints.rotate(caller, projectId, endpointUuid, body).shown();
    }

    @DeleteMapping("/{endpoint_uuid}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteRemoteEndpoint(
            Caller caller,
            @PathVariable("project_id") String projectId,
            @PathVariable("endpoint_uuid") String endpointUuid) {
        endpoints.delete(caller, projectId, endpointUuid);
    }
}
