using System;

namespace Dsl;

/// <summary>The mean squared error against the network's own input, which has the output's shape; takes no targets.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ReconstructionAttribute : Attribute;
