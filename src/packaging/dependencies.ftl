<#-- A line for each work that the program carries: name, version, address and licences, with tabs between. -->
<#function plain text><#return text?replace("[\\p{Cntrl}\\p{Space}]+", " ", "r")?trim></#function>
<#list dependencyMap as entry>
<#assign work = entry.getKey()/>
${plain(work.groupId)}:${plain(work.artifactId)}	${plain(work.version)}	${plain(work.url!"")}<#list entry.getValue() as licence>	${plain(licence)}</#list>
</#list>
