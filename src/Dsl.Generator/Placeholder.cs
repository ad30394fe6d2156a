namespace Dsl.Generator;
