(class_specifier name: (type_identifier) @name body: (_)) @class
(namespace_definition name: [(namespace_identifier) (nested_namespace_specifier)] @name) @namespace
(alias_declaration name: (type_identifier) @name) @type
(concept_definition name: (identifier) @name) @concept
(function_definition declarator: (function_declarator declarator: [(field_identifier) (destructor_name)] @name)) @method
(function_definition declarator: (function_declarator declarator: (qualified_identifier name: [(identifier) (destructor_name)] @name))) @method
(function_definition declarator: (pointer_declarator declarator: (function_declarator declarator: [(field_identifier) @name (qualified_identifier name: (identifier) @name)]))) @method
(function_definition declarator: (reference_declarator (function_declarator declarator: [(identifier) @name (field_identifier) @name (qualified_identifier name: (identifier) @name)]))) @method
(field_declaration declarator: (function_declarator declarator: (field_identifier) @name)) @method
(declaration declarator: (function_declarator declarator: (destructor_name) @name)) @method
(function_definition declarator: (function_declarator declarator: (identifier) @name)) @function
(function_definition declarator: (pointer_declarator declarator: (function_declarator declarator: (identifier) @name))) @function
(struct_specifier name: (type_identifier) @name body: (_)) @struct
(union_specifier name: (type_identifier) @name body: (_)) @union
(enum_specifier name: (type_identifier) @name body: (_)) @enum
(enumerator name: (identifier) @name) @constant
(type_definition declarator: (type_identifier) @name) @type
(type_definition declarator: (pointer_declarator declarator: (type_identifier) @name)) @type
(preproc_def name: (identifier) @name) @macro
(preproc_function_def name: (identifier) @name) @macro
(field_declaration declarator: (field_identifier) @name) @field
(field_declaration declarator: [(pointer_declarator declarator: (field_identifier) @name) (array_declarator declarator: (field_identifier) @name)]) @field
(declaration declarator: (function_declarator declarator: (identifier) @name)) @prototype
(declaration declarator: (pointer_declarator declarator: (function_declarator declarator: (identifier) @name))) @prototype
(translation_unit (declaration declarator: [(identifier) @name (init_declarator declarator: (identifier) @name) (array_declarator declarator: (identifier) @name) (pointer_declarator declarator: (identifier) @name)]) @variable)
