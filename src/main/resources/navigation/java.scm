(class_declaration name: (identifier) @name) @class
(record_declaration name: (identifier) @name) @record
(interface_declaration name: (identifier) @name) @interface
(enum_declaration name: (identifier) @name) @enum
(annotation_type_declaration name: (identifier) @name) @annotation
(annotation_type_element_declaration name: (identifier) @name) @method
(enum_constant name: (identifier) @name) @constant
(constructor_declaration name: (identifier) @name) @constructor
(compact_constructor_declaration name: (identifier) @name) @constructor
(method_declaration name: (identifier) @name) @method
(constant_declaration declarator: (variable_declarator name: (identifier) @name) @constant)
(field_declaration declarator: (variable_declarator name: (identifier) @name) @field)
(record_declaration parameters: (formal_parameters (formal_parameter name: (identifier) @name) @field))
