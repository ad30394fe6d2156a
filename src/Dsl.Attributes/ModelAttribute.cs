using System;

namespace Dsl;

/// <summary>Marks a partial class as a network: its layer attributes, in the order in which they are written, are the program.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ModelAttribute : Attribute;
